package org.zepad.datasets.gtsrb;

import java.util.List;

/**
 * What the 43 signs are called in English. The official files number them only; these are the names
 * in common use.
 */
final class SignNames {
  static final List<String> ALL =
      List.of(
          "speed limit 20",
          "speed limit 30",
          "speed limit 50",
          "speed limit 60",
          "speed limit 70",
          "speed limit 80",
          "end of speed limit 80",
          "speed limit 100",
          "speed limit 120",
          "no passing",
          "no passing for trucks",
          "right of way at the next intersection",
          "priority road",
          "yield",
          "stop",
          "no vehicles",
          "no trucks",
          "no entry",
          "general caution",
          "dangerous curve left",
          "dangerous curve right",
          "double curve",
          "bumpy road",
          "slippery road",
          "road narrows on the right",
          "road work",
          "traffic signals",
          "pedestrians",
          "children crossing",
          "bicycles crossing",
          "ice or snow",
          "wild animals crossing",
          "end of all limits",
          "turn right ahead",
          "turn left ahead",
          "ahead only",
          "straight or right",
          "straight or left",
          "keep right",
          "keep left",
          "roundabout",
          "end of no passing",
          "end of no passing for trucks");

  private SignNames() {}
}
