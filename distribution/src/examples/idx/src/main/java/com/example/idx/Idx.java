package com.example.idx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** MNIST and its kin (Fashion-MNIST, KMNIST): grey pictures of ten classes in IDX files. */
public final class Idx implements DatasetProvider<Idx.Options> {

  /**
   * Its options.
   *
   * @param folder below the data root
   */
  public record Options(
      @Option(defaultValue = "mnist", help = "folder of the four files, below the data root")
          String folder) {}

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public String description() {
    return "MNIST and its kin: grey pictures of ten classes in IDX files";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Dataset open(Options options, Path root) {
    Path folder = root.resolve(options.folder());
    return new Both(Part.open(folder, "train"), Part.open(folder, "t10k"));
  }

  private record Both(Images train, Images test) implements Dataset {
    @Override
    public List<String> classes() {
      return IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    }
  }

  private record Part(ByteBuffer pixels, ByteBuffer labels, int height, int width)
      implements Images {
    static Part open(Path folder, String name) {
      ByteBuffer images = open(folder.resolve(name + "-images-idx3-ubyte"), 3);
      ByteBuffer labels = open(folder.resolve(name + "-labels-idx1-ubyte"), 1);
      ByteBuffer pixels = images.slice(16, images.limit() - 16);
      return new Part(pixels, labels, images.getInt(8), images.getInt(12));
    }

    /** A header (0, 0, 8, the number of dimensions, each of them) and bytes, read when wanted. */
    private static ByteBuffer open(Path file, int dimensions) {
      try (FileChannel channel = FileChannel.open(file)) {
        ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        long length = 1;
        for (int i = 1; i <= dimensions && bytes.limit() >= 4 + 4 * i; i++) {
          length *= bytes.getInt(4 * i);
        }
        if (bytes.limit() == 4 + 4 * dimensions + length && bytes.getInt(0) == 0x800 + dimensions) {
          return bytes;
        }
        throw ZepadException.input(file + " is no whole IDX file of " + dimensions + " dimensions");
      } catch (IOException e) {
        throw ZepadException.input("cannot read " + file + ", which gunzip unpacks", e);
      }
    }

    @Override
    public int size() {
      return labels.getInt(4);
    }

    @Override
    public int label(int index) {
      return labels.get(8 + Objects.checkIndex(index, size()));
    }

    @Override
    public RgbImage image(int index) {
      int length = height * width;
      byte[] planes = new byte[3 * length];
      for (int plane = 0; plane < 3; plane++) {
        pixels.get(Objects.checkIndex(index, size()) * length, planes, plane * length, length);
      }
      return new RgbImage(width, height, planes);
    }
  }
}
