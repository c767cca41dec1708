package org.zepad.core.pipeline;

import java.util.List;
import org.zepad.api.Option;

/**
 * A whole run: encoders to a report.
 *
 * @param seed the one seed
 * @param encoders the encoders, the public victim first
 * @param harden defence, fusion and detector; its branches are the encoders
 * @param tasks the downstream tasks
 * @param attack what is crafted against the victim as published
 * @param evaluate adaptive attacks and arithmetic of the evaluation; task and data are the tasks'
 */
public record PipelineConfig(
    @Option(defaultValue = "1", help = "seed of everything random") long seed,
    @Option(defaultValue = "", help = "encoders, the public victim first")
        List<EncoderConfig> encoders,
    @Option(defaultValue = "", help = "defence, fusion and detector") HardenConfig harden,
    @Option(defaultValue = "", help = "downstream tasks") List<AdaptConfig> tasks,
    @Option(defaultValue = "", help = "attack on the public victim") AttackConfig attack,
    @Option(defaultValue = "", help = "adaptive attacks and arithmetic of the evaluation")
        EvaluateConfig evaluate) {
  public PipelineConfig {
    if (encoders.isEmpty() || tasks.isEmpty()) {
      throw new IllegalArgumentException(
          "a run needs at least one entry under 'encoders' and one under 'tasks'");
    }
    long names = encoders.stream().map(EncoderConfig::name).distinct().count();
    if (names < encoders.size()) {
      throw new IllegalArgumentException("two encoders have the same name");
    }
  }
}
