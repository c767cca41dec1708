package ${package};

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.zepad.api.Option;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.tensor.Optimizer;
import org.zepad.api.tensor.OptimizerSpec;

/** Features of noisy images are drawn to those that the public encoder gives of the clean ones. */
public final class ${className} implements DefenceProvider<${className}.Options> {

  /**
   * Its options.
   *
   * @param noise standard deviation of the noise
   * @param epochs passes over the tuning images
   * @param batchSize images a step
   * @param learningRate of Adam
   */
  public record Options(
      @Option(defaultValue = "0.1", help = "deviation of the noise", min = 0, max = 1) double noise,
      @Option(defaultValue = "5", help = "passes over the images", min = 1, max = 10000) int epochs,
      @Option(defaultValue = "128", help = "images a step", min = 1, max = 65536) int batchSize,
      @Option(defaultValue = "0.0001", help = "learning rate of Adam", min = 0, max = 1)
          double learningRate) {}

  @Override
  public String name() {
    return "${artifactId}";
  }

  @Override
  public String description() {
    return "features of noisy images are drawn to those of the clean ones, without labels";
  }

  @Override
  public Class<Options> optionsType() {
    return Options.class;
  }

  @Override
  public Defence create(Options options) {
    return request -> {
      List<Branch> branches = new ArrayList<>();
      for (Branch source : request.sources()) {
        branches.add(source.role() == Role.MPAE ? tuned(source, request, options) : source);
      }
      return branches;
    };
  }

  private static Branch tuned(Branch source, Defence.Request request, Options options) {
    Encoder encoder = source.encoder().duplicate();
    try (RunContext context = request.context().child(source.name());
        Optimizer optimizer = context.optimizer(OptimizerSpec.Adam.of(0), encoder.state())) {
      context.progress().start("tuning " + source.name(), options.epochs());
      encoder.state().requireGradients(true);
      for (int epoch = 0; epoch < options.epochs(); epoch++) {
        // The engine draws the noise: from here on, what it draws in this epoch is decided.
        context.reseedEngine(epoch);
        float[] loss = {0};
        request
            .train()
            .forEach(
                options.batchSize(),
                OptionalLong.of(context.seed() + epoch),
                batch -> {
                  loss[0] = loss(source.encoder(), encoder, batch.images(), options, context);
                  optimizer.step(options.learningRate());
                });
        context.progress().update(epoch + 1, "loss " + loss[0]);
      }
      encoder.state().requireGradients(false);
    } catch (RuntimeException e) {
      // Cancelled, or failed: nothing remains.
      encoder.close();
      throw e;
    }
    return new Branch(source.name(), source.role(), encoder);
  }

  /** Leaves its gradient in the parameters of the encoder. */
  private static float loss(
      Encoder published, Encoder encoder, NDArray images, Options options, RunContext context) {
    NDArray wanted = published.features(images, false);
    NDArray noise =
        images
            .getManager()
            .randomNormal(0, (float) options.noise(), images.getShape(), DataType.FLOAT32);
    NDArray noisy = images.add(noise).clip(0, 1);
    return context.ops().backward(() -> encoder.features(noisy, false).sub(wanted).square().mean());
  }
}
