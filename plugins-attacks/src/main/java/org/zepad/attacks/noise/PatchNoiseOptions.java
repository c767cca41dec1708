package org.zepad.attacks.noise;

import org.zepad.api.Option;
import org.zepad.attacks.patch.PatchPlace;

/**
 * Options of {@code patch-noise}; the defaults are those of {@code advencoder-pat}.
 *
 * @param share of the pixels that the patch covers at most (0..1)
 * @param right distance between patch and right border, as a share of the width (0..1)
 * @param bottom distance between patch and lower border, as a share of the height (0..1)
 */
public record PatchNoiseOptions(
    @Option(
            defaultValue = "0.03",
            help = "share of the pixels that the patch covers at most",
            min = 0,
            max = 1)
        double share,
    @Option(
            defaultValue = "0.21875",
            help = "distance from the right border, as a share of the width (default 14/64)",
            min = 0,
            max = 1)
        double right,
    @Option(
            defaultValue = "0.21875",
            help = "distance from the lower border, as a share of the height (default 14/64)",
            min = 0,
            max = 1)
        double bottom) {

  PatchPlace place() {
    return new PatchPlace(share, right, bottom);
  }
}
