package org.zepad.core.pipeline;

import java.util.List;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.runtime.Classification;
import org.zepad.core.runtime.ZepadClassifier;

/** An exported model. It owns the classifier. */
record RuntimeModel(ZepadClassifier classifier, TaskInfo task) implements PictureModel {

  @Override
  public List<String> branches() {
    return classifier.info().branches().stream().map(BranchInfo::name).toList();
  }

  @Override
  public int size() {
    return classifier.info().size();
  }

  @Override
  public String engine() {
    return "ONNX Runtime on " + classifier.device();
  }

  @Override
  public List<Classification> classify(List<RgbImage> images) {
    return classifier.predict(task.name(), images);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
