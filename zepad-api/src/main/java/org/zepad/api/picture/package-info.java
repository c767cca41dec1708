/**
 * The one decoder of picture files, for data sets that read them and for the runtime. Start at
 * {@link org.zepad.api.picture.Pictures}.
 */
@NullMarked
package org.zepad.api.picture;

import org.jspecify.annotations.NullMarked;
