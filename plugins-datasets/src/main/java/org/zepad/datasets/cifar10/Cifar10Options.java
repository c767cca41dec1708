package org.zepad.datasets.cifar10;

import org.zepad.api.Option;

/**
 * Options of {@link Cifar10}.
 *
 * @param folder where the files lie; see the help
 */
public record Cifar10Options(
    @Option(
            defaultValue = "",
            help =
                "folder that holds cifar-10-batches-bin or cifar-10-batches-py or its files,"
                    + " absolute or below the data root; empty: cifar10 below the data root, then the data root itself")
        String folder) {}
