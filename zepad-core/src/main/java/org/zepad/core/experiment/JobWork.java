package org.zepad.core.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.zepad.api.ZepadException;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.evaluate.FindingsFile;
import org.zepad.core.pipeline.AdaptStep;
import org.zepad.core.pipeline.AttackStep;
import org.zepad.core.pipeline.AuditStep;
import org.zepad.core.pipeline.DataConfig;
import org.zepad.core.pipeline.HardenStep;
import org.zepad.core.pipeline.MeasureStep;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.pipeline.SpeedProbe;
import org.zepad.core.plugin.PluginRegistry;

/** Does jobs in this process, by the steps of the pipeline. */
final class JobWork {
  /** What starting a process for a job takes. */
  static final double START_SECONDS = 3;

  private static final double NANOS = 1e9;

  private final PluginRegistry plugins;
  private final Settings settings;
  private final ExperimentFolder folder;
  private final int batchSize;

  JobWork(PluginRegistry plugins, Settings settings, ExperimentFolder folder, int batchSize) {
    this.plugins = plugins;
    this.settings = settings;
    this.folder = folder;
    this.batchSize = batchSize;
  }

  void run(Job job) {
    long started = System.nanoTime();
    Settings own = settings.withSeed(job.seed());
    if (job instanceof Job.Harden harden) {
      new HardenStep(plugins, own)
          .run(harden.config(), folder.bundle(harden), folder.work().resolve(harden.tuning()));
    } else if (job instanceof Job.Adapt adapt) {
      new AdaptStep(plugins, own, folder.work().resolve("features"))
          .run(adapt.config(), folder.bundle(adapt.bundle()));
    } else if (job instanceof Job.Craft craft) {
      new AttackStep(plugins, own).run(craft.config(), victims(craft), folder.perturbation(craft));
    } else if (job instanceof Job.Measure measure) {
      new Cells(folder, new MeasureStep(plugins, own), batchSize).measure(measure);
    } else if (job instanceof Job.Audit audit) {
      audit(audit, new AuditStep(plugins, own));
    }
    folder.finished(job, (System.nanoTime() - started) / NANOS);
  }

  private void audit(Job.Audit job, AuditStep step) {
    List<MeasureStep.Attacker> attackers =
        job.measures().stream()
            .filter(measure -> measure.craft() == null || folder.done(measure.craft()))
            .map(measure -> Cells.attacker(measure, folder))
            .toList();
    Job.Harden bundle = job.model().bundle();
    FindingsFile.write(
        step.run(
            job.model().config(),
            bundle.defence(),
            folder.bundle(bundle),
            attackers,
            job.thorough()),
        folder.audit(job));
  }

  /** The encoders that a perturbation is crafted against. */
  private List<String> victims(Job.Craft craft) {
    Job.Harden bundle = craft.bundle();
    if (bundle == null) {
      return List.of(craft.victim());
    }
    Path encoders = folder.bundle(bundle).resolve("encoders");
    return bundle.hardenedBranches().stream()
        .map(branch -> encoders.resolve(branch + ".safetensors").toString())
        .filter(file -> Files.isRegularFile(Path.of(file)))
        .toList();
  }

  /** How long an image takes to pass forward through an encoder of a job. */
  double secondsPerPass(Job job) {
    if (job instanceof Job.Craft craft) {
      return secondsPerPass(craft.victim(), craft.config().data());
    }
    Job.Harden bundle =
        job instanceof Job.Harden harden
            ? harden
            : job instanceof Job.Adapt adapt
                ? adapt.bundle()
                : job instanceof Job.Audit audit
                    ? audit.model().bundle()
                    : ((Job.Measure) job).target().bundle();
    return secondsPerPass(bundle.config().branches().get(0).encoder(), bundle.config().data());
  }

  private double secondsPerPass(String encoder, DataConfig data) {
    return SpeedProbe.secondsPerImage(plugins, settings, encoder, data.size());
  }

  /** Roughly what a job leaves on disk. */
  long bytes(Job job) {
    if (job instanceof Job.Harden harden) {
      return harden.config().branches().stream().mapToLong(b -> size(b.encoder())).sum();
    }
    if (job instanceof Job.Adapt adapt) {
      // Heads of some hundred kilobytes, and features, which go at the end.
      return (long) adapt.bundle().config().branches().size() << 20;
    }
    if (job instanceof Job.Craft craft) {
      return bytes(craft.config().data());
    }
    return job instanceof Job.Measure measure ? measure.cells().size() * (1L << 17) : 1 << 16;
  }

  private static long bytes(DataConfig data) {
    return 2L * 3 * Float.BYTES * data.size() * data.size();
  }

  private long size(String encoder) {
    Path file = new Zoo(plugins).file(encoder);
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw ZepadException.input("The encoder " + encoder + " cannot be read: " + e, e);
    }
  }
}
