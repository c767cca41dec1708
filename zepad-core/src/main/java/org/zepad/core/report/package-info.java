/**
 * Documents of tables, plots and pictures, and what turns them into one self-contained HTML file or
 * into CSV. Start at {@link org.zepad.core.report.Document} and {@link org.zepad.core.report.Html}.
 *
 * <p>Nothing here knows what an attack or an encoder is, runs a model, reads a clock or touches a
 * file: the same document gives the same bytes. Every text may come from a stranger (class, file
 * and plugin names) and is escaped where it is written.
 */
@NullMarked
package org.zepad.core.report;

import org.jspecify.annotations.NullMarked;
