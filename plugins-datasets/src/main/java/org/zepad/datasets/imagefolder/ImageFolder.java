package org.zepad.datasets.imagefolder;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.PictureFolders;
import org.zepad.datasets.files.Places;

/**
 * Pictures in folders, {@code train/CLASS/*.jpg} and {@code test/CLASS/*.jpg} (or {@code val}), of
 * any size and of every format that is read. The rank of a folder's name is its label, as with
 * torchvision's ImageFolder. Without a test folder a fixed share of each class is held out.
 */
public final class ImageFolder implements DatasetProvider<ImageFolderOptions> {

  /** For the service loader. */
  public ImageFolder() {}

  @Override
  public String name() {
    return "image-folder";
  }

  @Override
  public String description() {
    return "Any pictures in train/CLASS and test/CLASS folders";
  }

  @Override
  public Class<ImageFolderOptions> optionsType() {
    return ImageFolderOptions.class;
  }

  @Override
  public String origin() {
    return "Pictures of your own. Expected: image-folder/train/CLASS/*.jpg and, if there are test"
        + " pictures, image-folder/test/CLASS/*.jpg; other places by its options.";
  }

  @Override
  public Dataset open(ImageFolderOptions options, Path root) {
    // Such names are joined with folders later; that they are paths is checked once, here.
    Places.path(name(), "train", options.train(), root);
    Places.path(name(), "test", options.test(), root);
    Set<Path> places = Places.of(name(), options.folder(), root, List.of(name()), List.of());
    PictureFolders folders =
        PictureFolders.locate(places, options.train(), options.test())
            .orElseThrow(
                () ->
                    Places.nothing(
                        "image folder",
                        places,
                        "Expected there: "
                            + options.train()
                            + "/CLASS, a folder of pictures for each class.\nName the training"
                            + " folder with the option train (. if the classes lie in the data"
                            + " set's folder itself)"));
    return folders.open(options.classes(), options.testFraction(), options.seed());
  }
}
