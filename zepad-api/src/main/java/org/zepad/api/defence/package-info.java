/** The SPI for defences: what turns public encoders into hardened branches. */
@NullMarked
package org.zepad.api.defence;

import org.jspecify.annotations.NullMarked;
