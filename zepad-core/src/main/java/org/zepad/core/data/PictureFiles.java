package org.zepad.core.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;

/**
 * Picture files from anywhere, decoded and resized on all processors and handed over in order. One
 * that cannot be read is told, and does not stop the others.
 */
public final class PictureFiles {
  private static final Set<String> ENDINGS =
      Set.of("bmp", "gif", "jpeg", "jpg", "png", "ppm", "tif", "tiff");

  private PictureFiles() {}

  /**
   * A picture.
   *
   * @param image resized, or null if the file could not be read
   * @param problem why it could not, or null
   */
  public record Picture(Path file, @Nullable RgbImage image, @Nullable String problem) {}

  /**
   * Files as they are; of folders, the files within, at any depth, that are named like pictures,
   * sorted. Links to folders are not followed.
   *
   * @throws ZepadException of kind INPUT if a folder cannot be read
   */
  public static List<Path> within(List<Path> filesAndFolders) {
    List<Path> files = new ArrayList<>();
    for (Path path : filesAndFolders) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      try (Stream<Path> walk = Files.walk(path)) {
        walk.filter(PictureFiles::isNamedLikePicture)
            .filter(Files::isRegularFile)
            .sorted()
            .forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        throw ZepadException.input("the folder " + path + " cannot be read: " + e.getMessage(), e);
      }
    }
    return files;
  }

  /**
   * Reads files.
   *
   * @param size side in pixels to which each picture is stretched
   * @param batch how many are handed over at once, but for the last
   */
  public static void forEach(
      List<Path> files, int size, int batch, Consumer<List<Picture>> consumer) {
    int count = (files.size() + batch - 1) / batch;
    InOrder.forEach(
        count,
        number -> {
          int from = number * batch;
          List<Path> part = files.subList(from, Math.min(files.size(), from + batch));
          return part.stream().map(file -> read(file, size)).toList();
        },
        (number, pictures) -> consumer.accept(pictures));
  }

  private static Picture read(Path file, int size) {
    try {
      return new Picture(file, ResizedImages.resize(Pictures.read(file), size, Fit.STRETCH), null);
    } catch (ZepadException e) {
      return new Picture(file, null, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isNamedLikePicture(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }
}
