package org.zepad.core.experiment;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.zepad.api.dataset.RgbImage;
import org.zepad.core.evaluate.Example;

/**
 * Example images as tensors of a cell: (N, 3, H, W) of bytes before and after, and their numbers.
 */
final class GalleryTensors {
  private static final String IMAGES = "examples.images";
  private static final String CLEAN = "examples.clean";
  private static final String ATTACKED = "examples.attacked";
  private static final int CHANNELS = 3;

  private GalleryTensors() {}

  static void put(List<Example> examples, Map<String, NDArray> tensors, NDManager scope) {
    if (!examples.isEmpty()) {
      tensors.put(IMAGES, scope.create(examples.stream().mapToInt(Example::image).toArray()));
      tensors.put(CLEAN, pixels(examples, Example::clean, scope));
      tensors.put(ATTACKED, pixels(examples, Example::attacked, scope));
    }
  }

  private static NDArray pixels(
      List<Example> examples, Function<Example, RgbImage> side, NDManager scope) {
    RgbImage first = side.apply(examples.get(0));
    Shape shape = new Shape(examples.size(), CHANNELS, first.height(), first.width());
    ByteBuffer all = ByteBuffer.allocateDirect(Math.toIntExact(shape.size()));
    examples.forEach(example -> all.put(side.apply(example).planes()));
    return scope.create(all.rewind(), shape, DataType.UINT8);
  }

  /**
   * The examples of a cell; none where it has none.
   *
   * @throws IllegalArgumentException if the tensors do not fit each other
   */
  static List<Example> read(Map<String, NDArray> tensors) {
    NDArray images = tensors.get(IMAGES);
    if (images == null) {
      return List.of();
    }
    int[] numbers = images.toIntArray();
    List<RgbImage> clean = pictures(CLEAN, numbers.length, tensors);
    List<RgbImage> attacked = pictures(ATTACKED, numbers.length, tensors);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      examples.add(new Example(numbers[i], clean.get(i), attacked.get(i)));
    }
    return examples;
  }

  private static List<RgbImage> pictures(String name, int count, Map<String, NDArray> tensors) {
    NDArray array = tensors.get(name);
    if (array == null
        || array.getDataType() != DataType.UINT8
        || array.getShape().dimension() != 4
        || array.getShape().get(0) != count
        || array.getShape().get(1) != CHANNELS) {
      throw new IllegalArgumentException(
          "'%s' is not %d pictures of bytes in colour".formatted(name, count));
    }
    int height = Math.toIntExact(array.getShape().get(2));
    int width = Math.toIntExact(array.getShape().get(3));
    ByteBuffer all = ByteBuffer.wrap(array.toByteArray());
    List<RgbImage> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] own = new byte[height * width * CHANNELS];
      all.get(own);
      pictures.add(new RgbImage(width, height, own));
    }
    return pictures;
  }
}
