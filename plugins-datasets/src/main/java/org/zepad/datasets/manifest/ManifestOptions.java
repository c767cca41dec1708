package org.zepad.datasets.manifest;

import org.zepad.api.Option;

/**
 * Options of {@link Manifest}.
 *
 * @param file the table
 * @param allowOutside whether it may name pictures that are not below its folder
 */
public record ManifestOptions(
    @Option(
            defaultValue = "manifest.csv",
            help =
                "CSV file with the header path,label,split, absolute or below the data root; paths"
                    + " are relative to its folder, splits are train and test")
        String file,
    @Option(
            defaultValue = "false",
            help = "allow paths that lead outside of the folder of the CSV file")
        boolean allowOutside) {}
