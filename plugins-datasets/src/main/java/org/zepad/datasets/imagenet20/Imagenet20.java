package org.zepad.datasets.imagenet20;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.PictureFolders;
import org.zepad.datasets.files.Places;

/**
 * Twenty classes of ImageNet (Russakovsky and others, "ImageNet Large Scale Visual Recognition
 * Challenge", IJCV 2015), in image folders {@code train/WNID} and {@code val/WNID}. Which twenty is
 * nowhere agreed: a folder of at most twenty classes is taken as it is, so imagenette's ten are
 * read as well; of a larger one, {@link #CLASSES} are taken unless the option says otherwise.
 */
public final class Imagenet20 implements DatasetProvider<Imagenet20Options> {
  /**
   * The classes that are taken of a larger folder: imagenette's ten, which are easily told apart,
   * then imagewoof's ten, which are dogs (J. Howard, fast.ai).
   */
  public static final List<String> CLASSES =
      List.of(
          "n01440764",
          "n02102040",
          "n02979186",
          "n03000684",
          "n03028079",
          "n03394916",
          "n03417042",
          "n03425413",
          "n03445777",
          "n03888257",
          "n02086240",
          "n02087394",
          "n02088364",
          "n02089973",
          "n02093754",
          "n02096294",
          "n02099601",
          "n02105641",
          "n02111889",
          "n02115641");

  /** For the service loader. */
  public Imagenet20() {}

  @Override
  public String name() {
    return "imagenet20";
  }

  @Override
  public String description() {
    return "ImageNet, 20 classes (or imagenette's 10), from image folders";
  }

  @Override
  public Class<Imagenet20Options> optionsType() {
    return Imagenet20Options.class;
  }

  @Override
  public String origin() {
    return "ImageNet (https://www.image-net.org, which asks for an account), or without one"
        + " imagenette and imagewoof (https://github.com/fastai/imagenette). Expected:"
        + " imagenet20/train/WNID/*.JPEG and imagenet20/val/WNID/*.JPEG.";
  }

  @Override
  public Dataset open(Imagenet20Options options, Path root) {
    Set<Path> places =
        Places.of(
            name(),
            options.folder(),
            root,
            List.of(name(), "imagenet", "imagenette"),
            List.of("imagenette2", "imagenette2-320", "imagenette2-160"));
    PictureFolders folders =
        PictureFolders.locate(places, "train", "val")
            .orElseThrow(
                () ->
                    Places.nothing(
                        "ImageNet",
                        places,
                        "Expected there: train/WNID/*.JPEG and val/WNID/*.JPEG, a folder for each"
                            + " class.\nUnpack ImageNet so, or unpack imagenette"));
    List<String> wanted = options.classes();
    if (wanted.isEmpty() && folders.classes(List.of()).size() > CLASSES.size()) {
      wanted = CLASSES;
    }
    // The test folder is there, so nothing is held out.
    return folders.open(wanted, 0.5, 0);
  }
}
