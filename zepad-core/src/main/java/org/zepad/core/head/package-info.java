/**
 * The small classifier on top of a frozen encoder. Start at {@link org.zepad.core.head.Head}.
 * Nothing here knows of branches or fusion.
 */
@NullMarked
package org.zepad.core.head;

import org.jspecify.annotations.NullMarked;
