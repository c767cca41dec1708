package org.zepad.datasets.gtsrb;

import java.util.List;
import java.util.Optional;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;

/** Annotated pictures, read from disk when asked for. Thread-safe. */
final class SignImages implements Images {
  private final List<Sign> signs;
  private final boolean crop;

  /** The pictures in order, each cut to its sign or not. */
  SignImages(List<Sign> signs, boolean crop) {
    this.signs = List.copyOf(signs);
    this.crop = crop;
  }

  @Override
  public int size() {
    return signs.size();
  }

  @Override
  public int label(int index) {
    return signs.get(index).label();
  }

  @Override
  public RgbImage image(int index) {
    Sign sign = signs.get(index);
    RgbImage image = Pictures.read(sign.file());
    if (image.width() != sign.width() || image.height() != sign.height()) {
      throw ZepadException.input(
          sign.file()
              + " has "
              + image.width()
              + "x"
              + image.height()
              + " pixels, but its annotation says "
              + sign.width()
              + "x"
              + sign.height()
              + ". Unpack GTSRB again");
    }
    return crop ? cut(image, sign) : image;
  }

  @Override
  public Optional<String> identity() {
    // The records tell the cuts.
    return Optional.of(
        Pictures.identity(signs.stream().map(Sign::file).toList())
            + (crop ? " cut " + signs.hashCode() : ""));
  }

  private static RgbImage cut(RgbImage image, Sign sign) {
    int width = sign.right() - sign.left();
    int height = sign.bottom() - sign.top();
    byte[] planes = new byte[3 * width * height];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        int from = (c * image.height() + sign.top() + y) * image.width() + sign.left();
        int to = (c * height + y) * width;
        System.arraycopy(image.planes(), from, planes, to, width);
      }
    }
    return new RgbImage(width, height, planes);
  }
}
