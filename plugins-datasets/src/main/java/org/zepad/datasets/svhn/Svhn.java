package org.zepad.datasets.svhn;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Download;
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

  /**
   * Format 2. Lengths and SHA-256 as TensorFlow Datasets records them
   * (url_checksums/svhn_cropped.txt).
   */
  @Override
  public List<Download> downloads() {
    return List.of(
        download(
            TRAIN, 182_040_794, "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8"),
        download(
            TEST, 64_275_384, "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b"));
  }

  private static Download download(String file, long bytes, String sha256) {
    return new Download(
        file,
        List.of(URI.create("http://ufldl.stanford.edu/housenumbers/" + file)),
        bytes,
        Download.Checksum.sha256(sha256),
        "svhn",
        Download.Unpacking.NONE);
  }

  @Override
  public String origin() {
    return "http://ufldl.stanford.edu/housenumbers/, format 2. Expected: svhn/train_32x32.mat and"
        + " svhn/test_32x32.mat.";
  }

  @Override
  public Dataset open(SvhnOptions options, Path root) {
    Path folder = FILES.find(Places.of(name(), options.folder(), root, List.of(name()), List.of()));
    return new Opened(
        DIGITS, DigitImages.open(folder.resolve(TRAIN)), DigitImages.open(folder.resolve(TEST)));
  }
}
