package org.zepad.core.harden;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.encoder.DescribedEncoder;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;

/**
 * Tunes a copy of a branch's encoder and writes into its provenance how.
 *
 * @param defence the name of the defence that does so
 * @param options its options
 * @param tuner changes the copy
 */
record BranchTuning(String defence, TuningOptions options, Tuner tuner) {

  /**
   * The tuned branch; the source is not changed. Seed and checkpoint are those of the branch's
   * name, so every defence that tunes a branch alike in one work folder finds it tuned.
   */
  Branch of(Branch source, Defence.Request request) {
    Encoder encoder = source.encoder().duplicate();
    try (RunContext context = request.context().child(source.name())) {
      Tuner.Tuned tuned = tuner.tune(source.name(), encoder, request, context);
      EncoderInfo info = info(source.encoder().info(), tuned, request, context.seed());
      return new Branch(source.name(), source.role(), new DescribedEncoder(encoder, info));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private EncoderInfo info(
      EncoderInfo source, Tuner.Tuned tuned, Defence.Request request, long seed) {
    List<FineTuningOutcome> stages = tuned.stages();
    EpochResult kept = stages.get(stages.size() - 1).kept();
    Map<String, String> facts = new LinkedHashMap<>(source.provenance());
    facts.put("hardened", defence);
    facts.put("hardened-options", options.toString());
    facts.put("hardened-attack", options.attack());
    facts.put("hardened-compat", options.compat().name().toLowerCase(Locale.ROOT));
    facts.put("hardened-epochs", Integer.toString(options.epochs()));
    facts.put("hardened-kept-epoch", Integer.toString(stages.get(0).kept().epoch()));
    facts.put("hardened-seed", Long.toString(seed));
    facts.put("hardened-validation-images", Integer.toString(kept.images()));
    facts.put("hardened-validation-benign", Integer.toString(kept.benign()));
    facts.put("hardened-validation-robust", Integer.toString(kept.robust()));
    facts.put(
        TuningHistory.KEY,
        TuningHistory.write(stages.stream().map(FineTuningOutcome::history).toList()));
    facts.putAll(tuned.facts());
    request.train().fingerprint().ifPresent(f -> facts.put("hardened-tuning-data", f));
    return new EncoderInfo(
        source.backbone(),
        source.backboneOptions(),
        source.method(),
        source.preprocessing(),
        facts);
  }
}
