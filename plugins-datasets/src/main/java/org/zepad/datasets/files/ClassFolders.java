package org.zepad.datasets.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.zepad.api.ZepadException;
import org.zepad.datasets.files.PictureImages.Picture;

/**
 * A folder with a folder of pictures for each class. Names that start with a dot are left out:
 * programs keep their notes under such names.
 */
public final class ClassFolders {
  /** By code points, as Python sorts: so labels are those of torchvision's ImageFolder. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(
          name -> name.getBytes(StandardCharsets.UTF_8), (a, b) -> Arrays.compareUnsigned(a, b));

  private static final Set<String> READ =
      Set.of("jpg", "jpeg", "png", "bmp", "gif", "ppm", "tif", "tiff");
  // Pictures to other programs; passing over them in silence would make another data set.
  private static final Set<String> NOT_READ = Set.of("webp", "pgm", "heic", "avif");

  private ClassFolders() {}

  /** The folders in a folder, in the order of their labels; none if there is no such folder. */
  public static List<String> names(Path folder) {
    return Files.isDirectory(folder)
        ? list(folder, Files::isDirectory).stream().map(p -> p.getFileName().toString()).toList()
        : List.of();
  }

  /**
   * The pictures of some classes, class by class and sorted by name.
   *
   * @param classes folders in the order of their labels
   * @throws ZepadException of kind INPUT if a class has no pictures, or one of a kind that is not
   *     read
   */
  public static List<Picture> pictures(Path folder, List<String> classes) {
    List<Picture> pictures = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      Path place = folder.resolve(classes.get(label));
      int before = pictures.size();
      if (Files.isDirectory(place)) {
        for (Path file : list(place, ClassFolders::isPicture)) {
          pictures.add(new Picture(file, label));
        }
      }
      if (pictures.size() == before) {
        throw ZepadException.input(
            place
                + " must be a folder that holds the pictures of a class itself, not in further"
                + " folders (files *.jpg, *.jpeg, *.png, *.bmp, *.gif, *.ppm, *.tif, *.tiff); it"
                + " holds none. Unpack the data set again, or remove the folder");
      }
    }
    return pictures;
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (NOT_READ.contains(extension)) {
      throw ZepadException.input(
          file + " is a picture of a kind that is not read. Convert it to PNG, or remove it");
    }
    return READ.contains(extension);
  }

  private static List<Path> list(Path folder, DirectoryStream.Filter<Path> filter) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            folder, p -> !p.getFileName().toString().startsWith(".") && filter.accept(p))) {
      all.forEach(entries::add);
    } catch (IOException | DirectoryIteratorException e) {
      throw Records.unreadable(folder, e);
    }
    entries.sort(Comparator.comparing(p -> p.getFileName().toString(), ORDER));
    return entries;
  }
}
