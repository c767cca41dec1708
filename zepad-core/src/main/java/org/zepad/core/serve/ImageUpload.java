package org.zepad.core.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;
import org.zepad.api.picture.Pictures;
import org.zepad.core.onnx.ModelInfo.BranchInfo;
import org.zepad.core.onnx.ModelInfo.TaskInfo;
import org.zepad.core.runtime.Classification;

/**
 * A picture file in, classes and verdict out: the body of the request is the file, or a form that
 * holds it. Which format it has, the file itself says. Thread-safe.
 */
final class ImageUpload {
  private static final String PICTURE = "the picture";
  private static final int TOP = 5;

  /** What decoding takes: the decoder's raster, of up to 8 bytes, our three planes, and rows. */
  private static final int BYTES_PER_PIXEL = 12;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Inference inference;
  private final long maxPixels;
  private final MemoryBudget pixels = MemoryBudget.ofHeap(0.5);

  /**
   * Uploads for a model.
   *
   * @param maxPixels most pixels of a picture
   */
  ImageUpload(Inference inference, long maxPixels) {
    this.inference = inference;
    this.maxPixels = maxPixels;
  }

  Route route() {
    return Route.post("/predict", this::predict);
  }

  private Reply predict(Call call) throws IOException {
    TaskInfo task = inference.task(call.query("task"));
    byte[] file = file(call);
    byte[] fitted;
    Map<String, Object> picture = new LinkedHashMap<>();
    try (MemoryBudget.Share share = pixels.open()) {
      RgbImage image = decode(file, share);
      picture.put("width", image.width());
      picture.put("height", image.height());
      fitted = inference.fit(image);
    }
    Scores scores =
        inference.scores(List.of(task), List.of(fitted)).getOrDefault(task, List.of()).get(0);
    return Reply.json(toMap(task, scores, picture));
  }

  private static byte[] file(Call call) throws IOException {
    String type = call.contentType();
    if (type.equals("multipart/form-data")) {
      return Multipart.file(call.header("Content-Type"), call.body());
    }
    if (type.startsWith("image/") || type.equals("application/octet-stream")) {
      return call.body();
    }
    throw HttpProblem.unsupported(
        "send a picture as image/*, application/octet-stream or multipart/form-data, not '"
            + type
            + "'");
  }

  private RgbImage decode(byte[] file, MemoryBudget.Share share) {
    if (isTiff(file)) {
      throw HttpProblem.unsupported("TIFF is not taken here; send JPEG, PNG, GIF, BMP or PPM");
    }
    try {
      long claimed = Pictures.pixels(PICTURE, file);
      if (claimed > maxPixels) {
        throw HttpProblem.tooLarge(
            "the picture has " + claimed + " pixels; at most " + maxPixels + " are taken");
      }
      share.take(BYTES_PER_PIXEL * claimed, PATIENCE);
      return Pictures.read(PICTURE, file);
    } catch (ZepadException e) {
      throw HttpProblem.malformed(String.valueOf(e.getMessage()));
    }
  }

  // A few bytes of it may make a decoder take any amount of memory.
  private static boolean isTiff(byte[] file) {
    return file.length >= 4
        && ((file[0] == 'I' && file[1] == 'I' && file[3] == 0)
            || (file[0] == 'M' && file[1] == 'M' && file[2] == 0));
  }

  private Map<String, Object> toMap(TaskInfo task, Scores scores, Map<String, Object> picture) {
    Classification seen = Inference.classification(task, scores);
    List<Object> top = new ArrayList<>();
    for (int label : seen.top(TOP)) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("label", label);
      one.put("class", task.classes().get(label));
      one.put("probability", seen.probabilities().get(label));
      top.add(one);
    }
    List<Object> branches = new ArrayList<>();
    for (int b = 0; b < seen.confidences().size(); b++) {
      BranchInfo branch = inference.info().branches().get(b);
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("name", branch.name());
      one.put("role", branch.role().name());
      one.put("confidence", seen.confidences().get(b));
      branches.add(one);
    }
    Map<String, Object> detection = new LinkedHashMap<>();
    detection.put("score", seen.detectionScore());
    detection.put("threshold", task.threshold());
    detection.put("flagged", seen.flagged());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("task", task.name());
    map.put("label", seen.label());
    map.put("class", seen.className());
    map.put("probability", seen.probability());
    map.put("top", top);
    map.put("branches", branches);
    map.put("detection", detection);
    map.put("picture", picture);
    return map;
  }
}
