/**
 * What evaluations found, as documents to read: tables, plots and pictures in the words of the
 * field. Start at {@link org.zepad.core.present.EvaluationPage}. How documents look belongs to
 * {@code org.zepad.core.report}; nothing here counts anything.
 */
@NullMarked
package org.zepad.core.present;

import org.jspecify.annotations.NullMarked;
