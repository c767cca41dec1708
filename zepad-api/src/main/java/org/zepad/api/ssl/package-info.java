/**
 * The SPI for self-supervised pre-training methods. Start at {@link org.zepad.api.ssl.SslMethod}.
 */
@NullMarked
package org.zepad.api.ssl;

import org.jspecify.annotations.NullMarked;
