package com.example.idx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.core.plugin.OptionsBinder;
import org.zepad.testkit.DatasetContract;

class IdxTest extends DatasetContract<Idx.Options> {
  @TempDir Path data;

  @Override
  protected DatasetProvider<Idx.Options> provider() {
    return new Idx();
  }

  @Override
  protected Idx.Options options() {
    return new Idx.Options("some");
  }

  @Override
  protected Idx.Options reread(Idx.Options written) {
    return OptionsBinder.bind("it", Idx.Options.class, OptionsBinder.toMap(written));
  }

  @Override
  protected Path root() throws IOException {
    Path folder = Files.createDirectories(data.resolve("some"));
    for (String part : new String[] {"train", "t10k"}) {
      byte[] noise = new byte[20 * 6 * 5];
      new Random(part.length()).nextBytes(noise);
      int[] header = {0x803, 20, 6, 5};
      ByteBuffer images = ByteBuffer.allocate(16 + noise.length).put(16, noise);
      images.asIntBuffer().put(header);
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), images.array());
      ByteBuffer labels = ByteBuffer.allocate(8 + 20).putInt(0x801).putInt(20);
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    return data;
  }
}
