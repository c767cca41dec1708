package org.zepad.core.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.zepad.api.NoOptions;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.pretrain.PretrainOptions.OptimizerName;
import org.zepad.core.pretrain.PretrainOptions.RecipeName;

/**
 * Two hundred steps leave no array behind and do not make the process grow. A step makes about 1.5
 * MB of tensors, so that a leak of only a seventh of them would show.
 */
class NativeMemoryTest {
  private static final int BATCH = 64;
  private static final int STEPS_PER_EPOCH = 10;
  private static final int WARM_UP = 60;
  private static final int STEPS = 200;
  private static final long BOUND = 40L << 20;

  @Test
  @EnabledOnOs(OS.LINUX)
  void trainingIsFlat() {
    Sampler sampler = new Sampler();
    try (RunContext context = RunContexts.root(3, Device.cpu(), sampler)) {
      sampler.context = context;
      PretrainData data =
          new PretrainData(
              new PatternImages(STEPS_PER_EPOCH * BATCH + 100, TinyEncoder.SIZE),
              PatternImages.CLASSES,
              IntStream.range(0, STEPS_PER_EPOCH * BATCH).toArray(),
              IntStream.range(STEPS_PER_EPOCH * BATCH, STEPS_PER_EPOCH * BATCH + 100).toArray());
      PretrainOptions options =
          new PretrainOptions(
              RecipeName.AUTO,
              (WARM_UP + STEPS) / STEPS_PER_EPOCH,
              BATCH,
              0,
              OptimizerName.RECIPE,
              -1,
              0,
              -1,
              -1,
              5,
              200,
              1);
      TinyEncoder encoder = new TinyEncoder(context.manager(), 1);
      int before = context.manager().getManagedArrays().size();
      new Pretrainer().train(encoder, TinyMethod.adam(), new NoOptions(), data, options, context);
      assertThat(context.manager().getManagedArrays()).hasSize(before);
    }
    assertThat(sampler.arraysLater).isEqualTo(sampler.arraysEarly);
    assertThat(sampler.bytesLater - sampler.bytesEarly)
        .as("growth in bytes from step %d to %d", WARM_UP, WARM_UP + STEPS)
        .isLessThan(BOUND);
  }

  private static final class Sampler implements Progress {
    private RunContext context;
    private int arraysEarly;
    private int arraysLater;
    private long bytesEarly;
    private long bytesLater;

    @Override
    public void start(String label, long steps) {}

    @Override
    public void update(long done, String note) {
      if (done == WARM_UP) {
        arraysEarly = context.manager().getManagedArrays().size();
        bytesEarly = bytesOutsideOfTheHeap();
      } else if (done == WARM_UP + STEPS) {
        arraysLater = context.manager().getManagedArrays().size();
        bytesLater = bytesOutsideOfTheHeap();
      }
    }

    @Override
    public void message(String line) {}

    /** Resident memory less the heap, which the virtual machine grows as it likes. */
    private static long bytesOutsideOfTheHeap() {
      System.gc();
      try {
        long pages =
            Long.parseLong(Files.readString(Path.of("/proc/self/statm")).trim().split(" ")[1]);
        return pages * 4096 - Runtime.getRuntime().totalMemory();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
