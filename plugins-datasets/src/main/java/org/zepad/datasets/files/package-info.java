/**
 * What the data sets on disk have in common: where they are looked for, files of records, pictures.
 * Knows no data set, and is not exported: a data set of another module brings its own.
 */
@NullMarked
package org.zepad.datasets.files;

import org.jspecify.annotations.NullMarked;
