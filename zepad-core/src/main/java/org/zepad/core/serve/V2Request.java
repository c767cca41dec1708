package org.zepad.core.serve;

import java.util.List;
import org.zepad.api.dataset.RgbImage;

/**
 * A request of the Open Inference Protocol, understood.
 *
 * @param id what the client calls it; may be empty
 * @param images of one size, at least one
 * @param outputs what is wanted, at least one
 */
record V2Request(String id, List<RgbImage> images, List<Wanted> outputs) {

  /**
   * A wanted output.
   *
   * @param binary whether it is wanted in binary
   */
  record Wanted(V2Output output, boolean binary) {}
}
