package org.zepad.core.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.attack.ThreatModel;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.evaluate.Evaluation;
import org.zepad.core.evaluate.Measured;
import org.zepad.core.io.Sha256;
import org.zepad.core.pipeline.MeasureStep;
import org.zepad.core.pipeline.MeasureStep.Attacker;

/** Measures what is missing of a job, and writes its cells. */
final class Cells {
  private final ExperimentFolder folder;
  private final MeasureStep step;
  private final int batchSize;

  Cells(ExperimentFolder folder, MeasureStep step, int batchSize) {
    this.folder = folder;
    this.step = step;
    this.batchSize = batchSize;
  }

  void measure(Job.Measure job) {
    // Models whose making failed have no cell yet; a later run comes back for them.
    List<Job.Cell> cells =
        folder.missing(job).stream().filter(cell -> folder.done(cell.model())).toList();
    if (cells.isEmpty()) {
      return;
    }
    Map<String, Path> bundles = new LinkedHashMap<>();
    cells.forEach(cell -> bundles.put(cell.defence(), folder.bundle(cell.model().bundle())));
    MeasureStep.Result result = step.run(job.task(), bundles, attacker(job, folder), batchSize);
    Evaluation evaluation = result.evaluated().evaluation();
    for (int i = 0; i < cells.size(); i++) {
      Measured measured = result.evaluated().measured().get(i);
      Map<String, String> provenance = new LinkedHashMap<>(result.provenance());
      provenance.put(
          "bundle-sha256",
          Sha256.of(folder.bundle(cells.get(i).model().bundle()).resolve(BundleManifest.FILE)));
      CellFile.write(
          folder.cell(cells.get(i)),
          new StoredCell(
              job.seed(),
              job.victim(),
              job.task().taskName(),
              job.attack().name(),
              evaluation.threatModel(),
              evaluation.knowledge(),
              evaluation.budget(),
              evaluation.aimedAt(),
              provenance,
              measured,
              i == 0
                  ? new Gallery(result.classes(), result.evaluated().examples())
                  : Gallery.EMPTY));
    }
  }

  /** How a job attacks. */
  static Attacker attacker(Job.Measure job, ExperimentFolder folder) {
    Job.Craft craft = job.craft();
    boolean onVictim = job.attack().against() == Against.VICTIM;
    String target = job.target().bundle().defence();
    if (craft != null) {
      return new Attacker.Crafted(
          job.attack().name(),
          onVictim ? ThreatModel.TRANSFER : ThreatModel.GRAY,
          onVictim ? null : target,
          folder.perturbation(craft));
    }
    return new Attacker.Sampled(
        job.attack().name(),
        onVictim ? ThreatModel.TRANSFER : ThreatModel.ADAPTIVE,
        job.attack().attack(),
        target,
        folder.bundle(job.target().bundle()));
  }
}
