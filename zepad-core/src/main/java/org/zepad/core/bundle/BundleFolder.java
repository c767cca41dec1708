package org.zepad.core.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.zepad.api.ZepadException;
import org.zepad.core.bundle.BundleManifest.BranchEntry;
import org.zepad.core.bundle.BundleManifest.TaskEntry;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;

/** A bundle's folder, whose manifest and files have been checked. */
final class BundleFolder {
  /** Names of branches and tasks: they become parts of paths on every system. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  /** Segments that begin with a letter or digit: so neither "..", nor absolute, nor a drive. */
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*");

  private static final int LONGEST_NAME = 100;

  /** A manifest is a few kilobytes; anything near this is no manifest. */
  private static final long LARGEST_MANIFEST = 16L << 20;

  private final Path folder;
  private final BundleManifest manifest;

  private BundleFolder(Path folder, BundleManifest manifest) {
    this.folder = folder;
    this.manifest = manifest;
  }

  /**
   * Opens a folder and checks all of it: the layout of the manifest, every name and path, and every
   * file against its SHA-256.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  static BundleFolder open(Path folder) {
    BundleFolder opened = openManifest(folder);
    opened.manifest.files().keySet().forEach(opened::requireIntact);
    return opened;
  }

  /**
   * Opens a folder and checks its manifest, but none of its files. A bundle that was being replaced
   * when the process was killed is put back first.
   *
   * @throws ZepadException of kind INPUT, naming what is wrong with it
   */
  static BundleFolder openManifest(Path folder) {
    AtomicFiles.restore(folder);
    Path file = folder.resolve(BundleManifest.FILE);
    requireRegular(file, BundleManifest.FILE, folder);
    String text;
    try {
      if (Files.size(file) > LARGEST_MANIFEST) {
        throw ZepadException.input(file + " is too large to be a bundle's manifest");
      }
      text = Files.readString(file);
    } catch (IOException e) {
      throw ZepadException.input(file + " cannot be read: " + e.getMessage(), e);
    }
    BundleManifest manifest = ManifestJson.read(text, file.toString());
    requireConsistent(manifest, file.toString());
    return new BundleFolder(folder, manifest);
  }

  BundleManifest manifest() {
    return manifest;
  }

  /** A checked file of the manifest. */
  Path file(String path) {
    return folder.resolve(path);
  }

  Path folder() {
    return folder;
  }

  static String encoderPath(String branch) {
    return "encoders/" + branch + ".safetensors";
  }

  static String headPath(String task, String branch) {
    return "heads/" + task + "/" + branch + ".safetensors";
  }

  /**
   * Refuses a manifest that contradicts itself.
   *
   * @throws ZepadException of kind INPUT
   */
  static void requireConsistent(BundleManifest manifest, String where) {
    Set<String> branches = new HashSet<>();
    if (manifest.branches().isEmpty()) {
      throw ZepadException.input(where + " has no branches");
    }
    for (BranchEntry branch : manifest.branches()) {
      requireName(branch.name(), branches, "branch", where);
      requireListed(branch.encoder(), manifest.files(), where);
    }
    Set<String> tasks = new HashSet<>();
    for (TaskEntry task : manifest.tasks()) {
      requireName(task.name(), tasks, "task", where);
      requireClasses(task, where);
      if (!task.heads().keySet().equals(branches)) {
        throw ZepadException.input(
            where
                + ": task '"
                + task.name()
                + "' has heads for "
                + task.heads().keySet()
                + ", the branches are "
                + branches);
      }
      task.heads().values().forEach(path -> requireListed(path, manifest.files(), where));
    }
    manifest.files().keySet().forEach(path -> requirePath(path, where));
  }

  private static void requireClasses(TaskEntry task, String where) {
    List<String> classes = task.classes();
    if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
      throw ZepadException.input(
          where + ": task '" + task.name() + "' needs at least two classes with different names");
    }
  }

  private static void requireName(String name, Set<String> seen, String kind, String where) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw ZepadException.input(
          where
              + ": the name of "
              + kind
              + " '"
              + name
              + "' must be kebab case (a-z, 0-9 and single dashes), at most "
              + LONGEST_NAME
              + " characters");
    }
    if (!seen.add(name)) {
      throw ZepadException.input(where + ": " + kind + " '" + name + "' occurs twice");
    }
  }

  private static void requireListed(String path, Map<String, String> files, String where) {
    if (!files.containsKey(path)) {
      throw ZepadException.input(
          where + " uses the file '" + path + "' without giving its SHA-256 under 'files'");
    }
  }

  static void requirePath(String path, String where) {
    if (!PATH.matcher(path).matches() || path.equals(BundleManifest.FILE)) {
      throw ZepadException.input(
          where + " names the file '" + path + "', which is no plain path within the folder");
    }
  }

  /**
   * Checks a file of the manifest against its SHA-256.
   *
   * @throws ZepadException of kind INPUT if it is missing, a link, or another
   */
  void requireIntact(String path) {
    String sha256 = manifest.files().getOrDefault(path, "");
    Path at = folder;
    for (String segment : path.split("/", -1)) {
      at = at.resolve(segment);
      if (Files.isSymbolicLink(at)) {
        throw ZepadException.input(at + " is a link; a bundle holds its files itself");
      }
    }
    requireRegular(at, path, folder);
    String actual = Sha256.of(at);
    if (!actual.equals(sha256)) {
      throw ZepadException.input(
          at
              + " is damaged or was changed: its SHA-256 is "
              + actual
              + ", the bundle was written with "
              + sha256
              + ". Copy the bundle again, or make it anew.");
    }
  }

  private static void requireRegular(Path file, String path, Path folder) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw ZepadException.input(
          "the bundle "
              + folder
              + " lacks the file "
              + path
              + (Files.isSymbolicLink(file) ? " (there is a link, which is not followed)" : ""));
    }
  }
}
