/**
 * Brings the official files of data sets: download with resume, check, unpack, put in place. Start
 * at {@link org.zepad.core.fetch.Fetcher}.
 */
@NullMarked
package org.zepad.core.fetch;

import org.jspecify.annotations.NullMarked;
