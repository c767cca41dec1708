package org.zepad.datasets.svhn;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.FileSet;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.Places;

/**
 * The Street View House Numbers (Netzer and others, "Reading Digits in Natural Images with
 * Unsupervised Feature Learning", NIPS workshop 2011), format 2: cropped digits, in the official
 * MATLAB files. The official label 10 of the digit 0 becomes 0, so that label and digit agree. The
 * extra training images are not read.
 *
 * <p>The files are compressed as a whole: a part's pixels are read into memory, 225 MB for the
 * official training images, when its first image is asked for.
 */
public final class Svhn implements DatasetProvider<SvhnOptions> {
  private static final String TRAIN = "train_32x32.mat";
  private static final String TEST = "test_32x32.mat";
  private static final FileSet FILES =
      new FileSet(
          "SVHN",
          "Download train_32x32.mat and test_32x32.mat (format 2, cropped digits) of the official"
              + " site; they need no unpacking",
          List.of(TRAIN, TEST));
  private static final List<String> DIGITS =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** For the service loader. */
  public Svhn() {}

  @Override
  public String name() {
    return "svhn";
  }

  @Override
  public String description() {
    return "SVHN, 32x32 digits of house numbers, from the official MATLAB files";
  }

  @Override
  public Class<SvhnOptions> optionsType() {
    return SvhnOptions.class;
  }

  @Override
  public Dataset open(SvhnOptions options, Path root) {
    Path folder = FILES.find(Places.of(name(), options.folder(), root, List.of(name()), List.of()));
    return new Opened(
        DIGITS, DigitImages.open(folder.resolve(TRAIN)), DigitImages.open(folder.resolve(TEST)));
  }
}
