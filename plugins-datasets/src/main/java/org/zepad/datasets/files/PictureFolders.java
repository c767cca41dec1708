package org.zepad.datasets.files;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.datasets.files.PictureImages.Picture;

/**
 * Training and test images in folders, each with a folder for each class.
 *
 * @param train the folder of the training images
 * @param test the folder of the test images, if there is one
 */
public record PictureFolders(Path train, Optional<Path> test) {
  // ImageNet has a test folder without classes: its labels were never told.
  private static final List<String> TESTS = List.of("test", "val");
  private static final int SHOWN = 30;

  /**
   * Looks for the folders in each place.
   *
   * @param train name of the training folder; "." is the place itself
   * @param test name of the test folder; empty: test, then val, then none, whichever first holds
   *     class folders, and none where the place itself is the training folder
   * @throws ZepadException of kind INPUT if a test folder is named but holds no class folders
   */
  public static Optional<PictureFolders> locate(Set<Path> places, String train, String test) {
    for (Path place : places) {
      Path training = place.resolve(train).normalize();
      if (ClassFolders.names(training).isEmpty()) {
        continue;
      }
      if (!test.isEmpty()) {
        Path named = place.resolve(test).normalize();
        if (ClassFolders.names(named).isEmpty()) {
          throw ZepadException.input(
              named
                  + " must hold a folder of test pictures for each class; it holds no folders."
                  + " Unpack it again, or name another place");
        }
        return Optional.of(new PictureFolders(training, Optional.of(named)));
      }
      Optional<Path> found =
          TESTS.stream()
              .filter(name -> !training.equals(place.normalize()))
              .map(place::resolve)
              .filter(folder -> !ClassFolders.names(folder).isEmpty())
              .findFirst();
      return Optional.of(new PictureFolders(training, found));
    }
    return Optional.empty();
  }

  /**
   * The classes to take, in label order.
   *
   * @param wanted those that are wanted; empty: all
   * @throws ZepadException of kind INPUT if one of them is not there
   */
  public List<String> classes(Collection<String> wanted) {
    List<String> there = ClassFolders.names(train);
    List<String> missing = wanted.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw ZepadException.input(
          train
              + " has no class "
              + String.join(", ", missing)
              + ". Change the option classes; there are "
              + there.stream().limit(SHOWN).toList()
              + (there.size() > SHOWN ? " and " + (there.size() - SHOWN) + " more" : ""));
    }
    return wanted.isEmpty() ? there : there.stream().filter(wanted::contains).toList();
  }

  /**
   * Opens the data set. Classes without test images, and test images of unknown classes, are
   * refused; without a test folder, some training images are held out.
   *
   * @param wanted the classes to take; empty: all
   * @param fraction the share to hold out, in (0, 1)
   * @param seed which are held out
   * @throws ZepadException of kind INPUT
   */
  public Dataset open(List<String> wanted, double fraction, long seed) {
    List<String> folders = classes(wanted);
    if (folders.size() < 2) {
      throw ZepadException.input(
          train + " gives only the classes " + folders + "; at least 2 are needed");
    }
    List<Picture> training = ClassFolders.pictures(train, folders);
    if (test.isEmpty()) {
      return HeldOut.part(folders, training, fraction, seed);
    }
    Path tested = test.get();
    List<String> strange =
        ClassFolders.names(tested).stream().filter(name -> !folders.contains(name)).toList();
    if (wanted.isEmpty() && !strange.isEmpty()) {
      throw ZepadException.input(
          tested
              + " holds the classes "
              + strange
              + ", which "
              + train
              + " does not. Unpack both again, or name the classes to take with the option classes");
    }
    return new Opened(
        folders,
        new PictureImages(training),
        new PictureImages(ClassFolders.pictures(tested, folders)));
  }
}
