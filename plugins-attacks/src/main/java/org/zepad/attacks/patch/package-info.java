/**
 * Where patches lie on images, the same for those that are learnt and those that are drawn. Start
 * at {@link org.zepad.attacks.patch.PatchPlace}. What a patch shows does not belong here.
 */
@NullMarked
package org.zepad.attacks.patch;

import org.jspecify.annotations.NullMarked;
