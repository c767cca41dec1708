/**
 * Attacks that ask the attacked model for its scores and see nothing else of it. Start at {@link
 * org.zepad.attacks.query.SquareProvider}. Whatever needs a gradient does not belong here.
 */
@NullMarked
package org.zepad.attacks.query;

import org.jspecify.annotations.NullMarked;
