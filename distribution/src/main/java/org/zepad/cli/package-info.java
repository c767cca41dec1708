/**
 * The command line: arguments in, core's pipeline called, results and errors told to a person or,
 * with {@code --json}, to a program. Start at {@link org.zepad.cli.Main}. What computes belongs to
 * core.
 */
@NullMarked
package org.zepad.cli;

import org.jspecify.annotations.NullMarked;
