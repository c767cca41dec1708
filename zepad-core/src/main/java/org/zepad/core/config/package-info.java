/**
 * Configuration files: strict YAML bound to records whose components carry {@link
 * org.zepad.api.Option}, with every problem told at once and by its line. Start at {@link
 * org.zepad.core.config.ConfigReader}. What a configuration means belongs to those who define it.
 */
@NullMarked
package org.zepad.core.config;

import org.jspecify.annotations.NullMarked;
