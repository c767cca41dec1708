package org.zepad.datasets.gtsrb;

import org.zepad.api.Option;

/**
 * Options of {@link Gtsrb}.
 *
 * @param folder where the files lie; see the help
 * @param crop whether the images are cut to the sign
 */
public record GtsrbOptions(
    @Option(
            defaultValue = "",
            help =
                "folder that holds GTSRB or its Final_Training and Final_Test, absolute or below"
                    + " the data root; empty: gtsrb below the data root, then the data root itself")
        String folder,
    @Option(
            defaultValue = "false",
            help = "cut each image to its annotated sign; else it keeps a border of about a tenth")
        boolean crop) {}
