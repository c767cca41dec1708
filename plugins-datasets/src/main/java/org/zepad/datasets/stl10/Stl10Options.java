package org.zepad.datasets.stl10;

import org.zepad.api.Option;

/**
 * Options of {@link Stl10}.
 *
 * @param folder where the files lie; see the help
 */
public record Stl10Options(
    @Option(
            defaultValue = "",
            help =
                "folder that holds stl10_binary or its files, absolute or below the data root;"
                    + " empty: stl10 below the data root, then the data root itself")
        String folder) {}
