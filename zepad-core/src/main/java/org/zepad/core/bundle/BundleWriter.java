package org.zepad.core.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.zepad.api.ZepadException;
import org.zepad.api.defence.Branch;
import org.zepad.core.bundle.BundleManifest.BranchEntry;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.head.Head;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;

/**
 * Writes bundles. A folder is written as a whole under a temporary name and moved into place, so
 * that a half-written bundle is never seen; adding to a bundle writes it anew. One writer at a time
 * for each bundle.
 */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Writes the bundle of hardened branches, without tasks.
   *
   * @param folder its place; a bundle that is there is replaced, anything else is left alone
   * @param branches in the order in which they are fused
   * @param fusion how their logits are combined, with all options
   * @param detector what scores their confidences, with all options
   * @param provenance facts of the hardening: seeds, configuration, data fingerprints, versions
   * @throws ZepadException of kind INPUT if a name is not kebab case or occurs twice, or the place
   *     is taken by something else; of kind ENVIRONMENT if it cannot be written
   */
  public static void create(
      Path folder,
      List<Branch> branches,
      PluginChoice fusion,
      PluginChoice detector,
      Map<String, String> provenance) {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(folder.resolve(BundleManifest.FILE))) {
      throw ZepadException.input(
          folder + " exists and is no bundle; name another folder, or move it away");
    }
    List<BranchEntry> entries =
        branches.stream()
            .map(
                b ->
                    new BranchEntry(
                        b.name(),
                        b.role(),
                        BundleFolder.encoderPath(b.name()),
                        b.encoder().info().preprocessing()))
            .toList();
    write(
        folder,
        new BundleManifest(entries, fusion, detector, List.of(), provenance, Map.of()),
        part -> {
          for (Branch branch : branches) {
            EncoderFiles.save(
                branch.encoder(), part.resolve(BundleFolder.encoderPath(branch.name())));
          }
        });
  }

  /**
   * Adds a task to a bundle, or replaces it.
   *
   * @param folder an existing bundle, which is checked first
   * @param task heads for all of its branches
   * @throws ZepadException of kind INPUT if the bundle is damaged or the heads do not fit it; it is
   *     then as it was
   */
  public static void putTask(Path folder, TaskHeads task) {
    BundleFolder old = BundleFolder.open(folder);
    Map<String, String> paths = new TreeMap<>();
    task.heads().keySet().forEach(b -> paths.put(b, BundleFolder.headPath(task.name(), b)));
    for (Map.Entry<String, Head> head : task.heads().entrySet()) {
      if (head.getValue().classes() != task.classes().size()) {
        throw ZepadException.input(
            "task '"
                + task.name()
                + "' has "
                + task.classes().size()
                + " classes, the head of branch '"
                + head.getKey()
                + "' "
                + head.getValue().classes());
      }
    }
    List<TaskEntry> tasks = new ArrayList<>(old.manifest().tasks());
    tasks.removeIf(entry -> entry.name().equals(task.name()));
    tasks.add(
        new TaskEntry(task.name(), task.classes(), task.threshold(), paths, task.provenance()));
    Map<String, String> kept = new LinkedHashMap<>(old.manifest().files());
    old.manifest()
        .task(task.name())
        .ifPresent(gone -> kept.keySet().removeAll(gone.heads().values()));
    BundleManifest manifest =
        new BundleManifest(
            old.manifest().branches(),
            old.manifest().fusion(),
            old.manifest().detector(),
            tasks,
            old.manifest().provenance(),
            kept);
    write(
        folder,
        manifest,
        part -> {
          copy(old, kept, part);
          for (Map.Entry<String, Head> head : task.heads().entrySet()) {
            Path file = part.resolve(BundleFolder.headPath(task.name(), head.getKey()));
            HeadFiles.save(head.getValue(), file);
          }
        });
  }

  /**
   * Adds a file, such as an exported graph, or replaces it.
   *
   * @param folder an existing bundle, which is checked first
   * @param path within the folder, such as {@code onnx/cifar10.onnx}; not a file of a branch or
   *     task
   * @param writer writes the file under the path that it is given
   */
  public static void putFile(Path folder, String path, AtomicFiles.Writer<Path> writer) {
    BundleFolder.requirePath(path, "the bundle " + folder);
    BundleFolder old = BundleFolder.open(folder);
    BundleManifest manifest = old.manifest();
    boolean used =
        manifest.branches().stream().anyMatch(b -> b.encoder().equals(path))
            || manifest.tasks().stream().anyMatch(t -> t.heads().containsValue(path));
    if (used) {
      throw ZepadException.input("the file " + path + " belongs to a branch or task of " + folder);
    }
    Map<String, String> kept = new LinkedHashMap<>(manifest.files());
    kept.remove(path);
    write(
        folder,
        manifest,
        part -> {
          copy(old, kept, part);
          Path file = part.resolve(path);
          Files.createDirectories(parent(file));
          writer.write(file);
        });
  }

  /** Writes a folder: the files first, then the manifest with their fingerprints. */
  private static void write(Path folder, BundleManifest manifest, AtomicFiles.Writer<Path> filler) {
    AtomicFiles.writeFolder(
        folder,
        part -> {
          filler.write(part);
          BundleManifest complete =
              new BundleManifest(
                  manifest.branches(),
                  manifest.fusion(),
                  manifest.detector(),
                  manifest.tasks(),
                  manifest.provenance(),
                  fingerprints(part));
          BundleFolder.requireConsistent(complete, "the new bundle " + folder);
          AtomicFiles.writeText(part.resolve(BundleManifest.FILE), ManifestJson.write(complete));
        });
  }

  private static void copy(BundleFolder old, Map<String, String> files, Path into)
      throws IOException {
    for (String path : files.keySet()) {
      Path target = into.resolve(path);
      Files.createDirectories(parent(target));
      Files.copy(old.file(path), target);
    }
  }

  private static Map<String, String> fingerprints(Path folder) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(f -> Files.isRegularFile(f)).toList()) {
        // A bundle's paths are written alike on every system.
        found.put(folder.relativize(file).toString().replace('\\', '/'), Sha256.of(file));
      }
    }
    return found;
  }

  private static Path parent(Path file) throws IOException {
    Path parent = file.getParent();
    if (parent == null) {
      throw new IOException(file + " has no folder");
    }
    return parent;
  }
}
