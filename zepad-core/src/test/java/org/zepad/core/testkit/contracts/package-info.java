/**
 * The contracts of the api's test kit for plugins that are named, not compiled in. They are part of
 * the packaged test kit, with JUnit. Start at {@link
 * org.zepad.core.testkit.contracts.JUnitContractRunner}.
 */
@NullMarked
package org.zepad.core.testkit.contracts;

import org.jspecify.annotations.NullMarked;
