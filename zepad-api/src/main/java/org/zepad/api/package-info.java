/**
 * What every kind of plugin shares: the {@link org.zepad.api.Provider} shape, options, the run
 * context, progress and errors. Start reading at {@link org.zepad.api.Provider}. Nothing here knows
 * a kind of plugin.
 */
@NullMarked
package org.zepad.api;

import org.jspecify.annotations.NullMarked;
