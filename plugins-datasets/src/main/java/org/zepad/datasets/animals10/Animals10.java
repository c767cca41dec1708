package org.zepad.datasets.animals10;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.datasets.files.ClassFolders;
import org.zepad.datasets.files.HeldOut;
import org.zepad.datasets.files.Places;

/**
 * Animals-10 (C. Alessio, Kaggle): about 26,000 photographs of ten animals in folders of Italian
 * names. It has no official split, so a share of each class is held out, fixed by a seed: a split
 * drawn anew in each run would test on images that were trained on.
 */
public final class Animals10 implements DatasetProvider<Animals10Options> {
  private static final String FOLDER = "raw-img";

  /** In the order of their labels, which is that of the folders' names. */
  private static final List<String> FOLDERS =
      List.of(
          "cane",
          "cavallo",
          "elefante",
          "farfalla",
          "gallina",
          "gatto",
          "mucca",
          "pecora",
          "ragno",
          "scoiattolo");

  private static final List<String> CLASSES =
      List.of(
          "dog",
          "horse",
          "elephant",
          "butterfly",
          "chicken",
          "cat",
          "cow",
          "sheep",
          "spider",
          "squirrel");

  /** For the service loader. */
  public Animals10() {}

  @Override
  public String name() {
    return "animals10";
  }

  @Override
  public String description() {
    return "Animals-10, photographs of ten animals, from its folders";
  }

  @Override
  public Class<Animals10Options> optionsType() {
    return Animals10Options.class;
  }

  @Override
  public String origin() {
    return "Animals-10 by Corrado Alessio on Kaggle"
        + " (https://www.kaggle.com/datasets/alessiocorrado99/animals10), which asks for an account."
        + " Expected: animals10/raw-img with its ten folders of pictures, cane to scoiattolo.";
  }

  @Override
  public Dataset open(Animals10Options options, Path root) {
    Set<Path> places = Places.of(name(), options.folder(), root, List.of(name()), List.of(FOLDER));
    Path folder = find(places);
    return HeldOut.part(
        CLASSES, ClassFolders.pictures(folder, FOLDERS), options.testFraction(), options.seed());
  }

  // The first place that holds any of the folders; then it must hold all of them.
  private static Path find(Set<Path> places) {
    for (Path place : places) {
      List<String> missing =
          FOLDERS.stream().filter(name -> !Files.isDirectory(place.resolve(name))).toList();
      if (missing.isEmpty()) {
        return place;
      }
      if (missing.size() < FOLDERS.size()) {
        throw ZepadException.input(
            "Animals-10 in "
                + place
                + " is incomplete: the folders "
                + String.join(", ", missing)
                + " are missing. Unpack it again");
      }
    }
    throw Places.nothing(
        "Animals-10",
        places,
        "Expected there: the folders "
            + String.join(", ", FOLDERS)
            + ".\nUnpack the archive of Kaggle");
  }
}
