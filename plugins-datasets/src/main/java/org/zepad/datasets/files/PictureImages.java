package org.zepad.datasets.files;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;

/** Pictures with labels, read from disk when asked for. Thread-safe. */
public final class PictureImages implements Images {
  private final List<Picture> pictures;

  /** The pictures in order. */
  public PictureImages(List<Picture> pictures) {
    this.pictures = List.copyOf(pictures);
  }

  /**
   * One picture.
   *
   * @param file where it is
   * @param label number of its class
   */
  public record Picture(Path file, int label) {}

  @Override
  public int size() {
    return pictures.size();
  }

  @Override
  public int label(int index) {
    return pictures.get(index).label();
  }

  @Override
  public RgbImage image(int index) {
    return Pictures.read(pictures.get(index).file());
  }

  @Override
  public Optional<String> identity() {
    return Optional.of(Pictures.identity(pictures.stream().map(Picture::file).toList()));
  }
}
