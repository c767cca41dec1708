package org.zepad.core.pipeline;

import java.util.List;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.runtime.Classification;

/** A model for one task, whatever computes it. */
interface PictureModel extends AutoCloseable {

  /** The task. */
  TaskInfo task();

  /** The names of the branches. */
  List<String> branches();

  /** Side in pixels of the images that it takes. */
  int size();

  /** What computes, where and why there, for a person. */
  String engine();

  /** Classifies images of its size, at least one. */
  List<Classification> classify(List<RgbImage> images);

  @Override
  void close();
}
