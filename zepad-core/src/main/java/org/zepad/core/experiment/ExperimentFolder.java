package org.zepad.core.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.zepad.api.ZepadException;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.io.AtomicFiles;

/**
 * Where the products of an experiment lie: {@code bundles/}, {@code perturbations/}, {@code
 * cells/}, a note on each job that is done in {@code jobs/}, what it said in {@code logs/}, and in
 * {@code work/} what is only needed until the end. All but the logs is written atomically.
 */
final class ExperimentFolder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;

  ExperimentFolder(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  Path bundle(Job.Harden job) {
    return root.resolve("bundles").resolve(job.id());
  }

  Path perturbation(Job.Craft job) {
    return root.resolve("perturbations").resolve(job.id() + ".safetensors");
  }

  Path cell(Job.Cell cell) {
    return cells().resolve(cell.file());
  }

  Path audit(Job.Audit job) {
    return root.resolve("audits").resolve(job.id() + ".json");
  }

  Path cells() {
    return root.resolve("cells");
  }

  Path log(Job job) {
    return root.resolve("logs").resolve(job.id() + ".txt");
  }

  /** What is saved on the way and goes at the end. */
  Path work() {
    return root.resolve("work");
  }

  /** Whether a job was done and its products are there. */
  boolean done(Job job) {
    if (job instanceof Job.Measure measure) {
      return missing(measure).isEmpty();
    }
    if (job instanceof Job.Audit audit) {
      return Files.isRegularFile(audit(audit));
    }
    if (!Files.isRegularFile(note(job))) {
      return false;
    }
    if (job instanceof Job.Harden harden) {
      return Files.isRegularFile(bundle(harden).resolve(BundleManifest.FILE));
    }
    if (job instanceof Job.Adapt adapt) {
      return Files.isDirectory(
          bundle(adapt.bundle()).resolve("heads").resolve(adapt.config().taskName()));
    }
    return job instanceof Job.Craft craft && Files.isRegularFile(perturbation(craft));
  }

  /** The cells of a job that are not there yet. */
  List<Job.Cell> missing(Job.Measure job) {
    return job.cells().stream().filter(cell -> !Files.isRegularFile(cell(cell))).toList();
  }

  /** Notes that a job is done, and how long it took. */
  void finished(Job job, double seconds) {
    write(note(job), Map.of("job", job.id(), "passes", job.passes(), "seconds", seconds));
  }

  /** How long a job took that is done; empty if nobody noted it. */
  OptionalDouble seconds(Job job) {
    try {
      JsonNode seconds = JSON.readTree(note(job).toFile()).path("seconds");
      return seconds.isNumber() ? OptionalDouble.of(seconds.asDouble()) : OptionalDouble.empty();
    } catch (IOException e) {
      return OptionalDouble.empty();
    }
  }

  private Path note(Job job) {
    return root.resolve("jobs").resolve(job.id() + ".json");
  }

  static void write(Path file, Map<String, ?> values) {
    try {
      AtomicFiles.writeText(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(values) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can always be written", e);
    }
  }

  /**
   * Copies cells, perturbations and notes that the other one lacks; bundles stay where they are.
   */
  void copyTo(ExperimentFolder other) {
    if (!Files.isDirectory(cells())) {
      throw ZepadException.input(
          root + " is no folder of an experiment: it has no " + cells().getFileName());
    }
    for (String part : List.of("cells", "audits", "perturbations", "jobs")) {
      Path from = root.resolve(part);
      if (Files.isDirectory(from)) {
        try (Stream<Path> files = Files.list(from)) {
          files
              .filter(Files::isRegularFile)
              .forEach(file -> copy(file, other.root.resolve(part).resolve(file.getFileName())));
        } catch (IOException e) {
          throw ZepadException.environment(from + " cannot be read: " + e, e);
        }
      }
    }
  }

  private static void copy(Path from, Path to) {
    if (!Files.exists(to)) {
      AtomicFiles.write(to, out -> Files.copy(from, out));
    }
  }

  /** Bytes that can still be written. */
  long free() {
    Path there = root.toAbsolutePath();
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    try {
      return Files.getFileStore(there).getUsableSpace();
    } catch (IOException e) {
      throw ZepadException.environment("The free space of " + there + " is not known: " + e, e);
    }
  }
}
