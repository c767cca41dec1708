package org.zepad.datasets.imagefolder;

import java.util.List;
import org.zepad.api.Option;

/**
 * Options of {@link ImageFolder}.
 *
 * @param folder where the data set lies; see the help
 * @param train name of the training folder
 * @param test name of the test folder
 * @param classes which classes to take
 * @param testFraction share that is held out where there is no test folder
 * @param seed which are held out
 */
public record ImageFolderOptions(
    @Option(
            defaultValue = "",
            help =
                "folder of the data set, absolute or below the data root; empty: image-folder below"
                    + " the data root, then the data root itself")
        String folder,
    @Option(
            defaultValue = "train",
            help =
                "folder in it that holds a folder of training pictures for each class; . for itself")
        String train,
    @Option(
            defaultValue = "",
            help =
                "folder in it with the test pictures; empty: test, else val, whichever holds"
                    + " classes, else some training pictures are held out")
        String test,
    @Option(defaultValue = "", help = "class folders to take; empty: all") List<String> classes,
    @Option(
            defaultValue = "0.2",
            min = 0.001,
            max = 0.999,
            help = "share of each class that is held out to test where there is no test folder")
        double testFraction,
    @Option(defaultValue = "0", help = "seed that decides which pictures are held out") long seed) {
  public ImageFolderOptions {
    classes = List.copyOf(classes);
  }
}
