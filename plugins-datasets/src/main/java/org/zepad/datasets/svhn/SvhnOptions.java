package org.zepad.datasets.svhn;

import org.zepad.api.Option;

/**
 * Options of {@link Svhn}.
 *
 * @param folder where the files lie; see the help
 */
public record SvhnOptions(
    @Option(
            defaultValue = "",
            help =
                "folder that holds train_32x32.mat and test_32x32.mat, absolute or below the data"
                    + " root; empty: svhn below the data root, then the data root itself")
        String folder) {}
