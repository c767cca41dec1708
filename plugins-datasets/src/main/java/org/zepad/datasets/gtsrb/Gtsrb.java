package org.zepad.datasets.gtsrb;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Download;
import org.zepad.datasets.files.Opened;
import org.zepad.datasets.files.Places;

/**
 * The German Traffic Sign Recognition Benchmark (Stallkamp, Schlipsing, Salmen and Igel, IJCNN 2011
 * and Neural Networks 2012), in the layout of the official archives, unpacked:
 *
 * <pre>
 * GTSRB/Final_Training/Images/000NN/*.ppm and GT-000NN.csv   (or GTSRB/Training/000NN)
 * GTSRB/Final_Test/Images/*.ppm
 * GT-final_test.csv, beside the pictures or in any folder above them, up to the one of GTSRB
 * </pre>
 *
 * <p>Images have different sizes. Up to 30 training images show one physical sign while a car comes
 * nearer, so parts drawn from the training images are not independent of each other.
 */
public final class Gtsrb implements DatasetProvider<GtsrbOptions> {
  private static final List<String> TRAINING = List.of("Final_Training/Images", "Training");
  private static final String TEST = "Final_Test/Images";
  private static final String TABLE = "GT-final_test.csv";

  /** For the service loader. */
  public Gtsrb() {}

  @Override
  public String name() {
    return "gtsrb";
  }

  @Override
  public String description() {
    return "GTSRB, German traffic signs in 43 classes, from the official PPM files";
  }

  @Override
  public Class<GtsrbOptions> optionsType() {
    return GtsrbOptions.class;
  }

  /**
   * The final training and test images and the test images' classes. The authors publish no
   * checksums; these MD5 are torchvision's (datasets/gtsrb.py) for the test files, and for the
   * training images, of which torchvision takes another selection, those of several public programs
   * that read the same archive. Lengths as the archive's server tells them.
   */
  @Override
  public List<Download> downloads() {
    return List.of(
        download("Training_Images", 276_294_756, "f33fd80ac59bff73c82d25ab499e03a3"),
        download("Test_Images", 88_978_620, "c7e4e6327067d32654124b0fe9e82185"),
        download("Test_GT", 99_620, "fe31e9c9270bbcd7b84b7f21a9d9d9e5"));
  }

  private static Download download(String what, long bytes, String md5) {
    String file = "GTSRB_Final_" + what + ".zip";
    return new Download(
        file,
        List.of(
            URI.create(
                "https://sid.erda.dk/public/archives/daaeac0d7ce1152aea9b61d9f1e19370/" + file)),
        bytes,
        Download.Checksum.md5(md5),
        "gtsrb",
        Download.Unpacking.ZIP);
  }

  @Override
  public String origin() {
    return "https://benchmark.ini.rub.de/gtsrb_dataset.html, the three archives GTSRB_Final_*.zip."
        + " Expected: gtsrb/GTSRB/Final_Training/Images, gtsrb/GTSRB/Final_Test/Images and"
        + " gtsrb/GT-final_test.csv.";
  }

  @Override
  public Dataset open(GtsrbOptions options, Path root) {
    Path folder =
        find(Places.of(name(), options.folder(), root, List.of(name(), "GTSRB"), List.of("GTSRB")));
    return new Opened(
        SignNames.ALL,
        new SignImages(training(folder), options.crop()),
        new SignImages(test(folder), options.crop()));
  }

  private static Path find(Set<Path> places) {
    return places.stream()
        .filter(
            place ->
                Stream.concat(TRAINING.stream(), Stream.of(TEST))
                    .anyMatch(f -> Files.isDirectory(place.resolve(f))))
        .findFirst()
        .orElseThrow(
            () ->
                Places.nothing(
                    "GTSRB",
                    places,
                    "Expected there: Final_Training/Images and Final_Test/Images.\nUnpack"
                        + " GTSRB_Final_Training_Images.zip, GTSRB_Final_Test_Images.zip and"
                        + " GTSRB_Final_Test_GT.zip of the official site into one folder"));
  }

  private static List<Sign> training(Path folder) {
    Path images =
        TRAINING.stream()
            .map(folder::resolve)
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(
                () -> missing(folder.resolve(TRAINING.get(0)), "GTSRB_Final_Training_Images.zip"));
    List<Sign> signs = new ArrayList<>();
    for (int label = 0; label < SignNames.ALL.size(); label++) {
      String number = String.format("%05d", label);
      Path table = images.resolve(number).resolve("GT-" + number + ".csv");
      if (!Files.isRegularFile(table)) {
        throw missing(table, "GTSRB_Final_Training_Images.zip");
      }
      for (Sign sign : Annotations.read(table, images.resolve(number))) {
        if (sign.label() != label) {
          throw ZepadException.input(
              table
                  + " gives "
                  + sign.file().getFileName()
                  + " the class "
                  + sign.label()
                  + ", but its folder is that of class "
                  + label
                  + ". Unpack GTSRB again");
        }
        signs.add(sign);
      }
    }
    return signs;
  }

  private static List<Sign> test(Path folder) {
    Path images = folder.resolve(TEST);
    if (!Files.isDirectory(images)) {
      throw missing(images, "GTSRB_Final_Test_Images.zip");
    }
    // The archive of the table has no folders, so people unpack it where they stand.
    return Stream.of(
            images.resolve(TABLE),
            images.resolveSibling(TABLE),
            folder.resolve(TABLE),
            folder.resolveSibling(TABLE))
        .filter(Files::isRegularFile)
        .findFirst()
        .map(table -> Annotations.read(table, images))
        .orElseThrow(() -> missing(images.resolve(TABLE), "GTSRB_Final_Test_GT.zip"));
  }

  private static ZepadException missing(Path path, String archive) {
    return ZepadException.input(
        "GTSRB is incomplete: " + path + " is missing. Unpack " + archive + " again");
  }
}
