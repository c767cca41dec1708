/**
 * Self-checks of an evaluation: each looks for one sign that figures flatter a model, after the
 * catalogues of Carlini et al. 2019 ("On Evaluating Adversarial Robustness"), Tramer et al. 2020
 * ("On Adaptive Attacks to Adversarial Example Defenses"), Croce and Hein 2020 (AutoAttack) and
 * Zimmermann et al. 2022 ("Increasing Confidence in Adversarial Robustness Evaluations"). Start at
 * {@link org.zepad.core.audit.Audit}. Results are records of {@code evaluate}; nothing here changes
 * a figure, and attacks are taken by name, so that no plugin is known.
 */
@NullMarked
package org.zepad.core.audit;

import org.jspecify.annotations.NullMarked;
