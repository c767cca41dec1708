package org.zepad.core.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.Progress;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.dataset.ImageBatches;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;

/**
 * A step of training the generator of {@value #ATTACK}. The attack is a plugin: its steps are seen
 * from outside, by the progress that it tells.
 */
record UapStepPart(BenchModel model, PluginRegistry plugins, Settings settings) {
  private static final String ATTACK = "advencoder-per";

  /** Trains for two epochs. */
  UapSteps measure() {
    int batch = model.config().batch();
    int steps = Stopwatch.WARM_UP + model.config().repeats();
    Map<String, Object> options = Map.of("epochs", 2, "batch-size", batch);
    if (!(plugins.createAttack(ATTACK, options) instanceof UniversalAttack attack)) {
      throw ZepadException.usage("attack '" + ATTACK + "' is not universal");
    }
    StepEnds ends = new StepEnds(settings.progress(), new ArrayList<>());
    try (RunContext context = RunContexts.root(settings.seed(), settings.device(), ends)) {
      ImageBatches surrogate = model.images(steps * batch).batches(context.manager());
      attack.craft(model.victim(), surrogate, context);
    }
    return new UapSteps(ends.spread(0, steps), ends.spread(steps, 2 * steps));
  }

  /**
   * Notes when steps ended.
   *
   * @param shown told the same
   */
  private record StepEnds(Progress shown, List<Long> nanos) implements Progress {
    @Override
    public void start(String label, long steps) {
      shown.start(BenchPart.UAP_STEP.toString(), steps);
    }

    @Override
    public void update(long done, String note) {
      nanos.add(System.nanoTime());
      shown.update(done, "");
    }

    @Override
    public void message(String line) {
      shown.message(line);
    }

    /** The steps of an epoch, without those that warm up. */
    Spread spread(int from, int to) {
      double[] seconds = new double[to - from - Stopwatch.WARM_UP];
      for (int i = 0; i < seconds.length; i++) {
        int step = from + Stopwatch.WARM_UP + i;
        seconds[i] = (nanos.get(step) - nanos.get(step - 1)) / 1e9;
      }
      return Spread.of(seconds);
    }
  }
}
