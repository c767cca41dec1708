package ${package};

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.zepad.api.Option;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Noise that is lighter at the top or at the bottom. */
public final class ${className} implements DatasetProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param train number of training images
   * @param test number of test images
   * @param side of an image in pixels
   */
  public record Options(
      @Option(defaultValue = "2000", help = "training images", min = 2, max = 1000000) int train,
      @Option(defaultValue = "400", help = "test images", min = 2, max = 1000000) int test,
      @Option(defaultValue = "32", help = "side of an image in pixels", min = 8, max = 1024)
          int side) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "Noise that is lighter at the top or at the bottom, drawn by the program";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Dataset open(Options options, Path root) {
    return new Both(
        new Drawn(options.train(), options.side(), 1),
        new Drawn(options.test(), options.side(), 2));
  }

  private record Both(Images train, Images test) implements Dataset {
    @Override
    public List<String> classes() {
      return List.of("light-top", "light-bottom");
    }
  }

  private record Drawn(int size, int side, long part) implements Images {
    @Override
    public int label(int index) {
      return Objects.checkIndex(index, size) % 2;
    }

    @Override
    public RgbImage image(int index) {
      int label = label(index);
      // Each image has a stream of its own: what was read before does not matter.
      SplittableRandom random = new SplittableRandom(part << 32 | index);
      byte[] planes = new byte[3 * side * side];
      for (int i = 0; i < planes.length; i++) {
        boolean top = i / side % side < side / 2;
        planes[i] = (byte) ((top == (label == 0) ? 120 : 40) + random.nextInt(100));
      }
      return new RgbImage(side, side, planes);
    }
  }
}
