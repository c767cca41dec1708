/**
 * What tests of several modules share: a browser that looks at reports, the published schemas. It
 * is packed for the tests of other modules, so it must not lie in a package of the main code, and
 * knows the public classes alone. Start with {@link org.zepad.core.testkit.SeenReport}.
 */
@NullMarked
package org.zepad.core.testkit;

import org.jspecify.annotations.NullMarked;
