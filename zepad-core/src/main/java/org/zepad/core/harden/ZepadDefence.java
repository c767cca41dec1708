package org.zepad.core.harden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.SampleAttack;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;

/** ZePAD: every MPAE branch is fine-tuned adversarially, every BMP branch is kept clean. */
final class ZepadDefence implements Defence {
  private final FineTuningOptions options;

  ZepadDefence(FineTuningOptions options) {
    this.options = options;
  }

  @Override
  public List<Branch> harden(Request request) {
    if (request.sources().stream().noneMatch(source -> source.role() == Role.MPAE)) {
      throw ZepadException.usage(
          "defence 'zepad' needs at least one MPAE branch to fine-tune, got "
              + request.sources().size()
              + " branches and none of them. Give the victim the role MPAE.");
    }
    SampleAttack attack = options.attack(request.attacks());
    List<Branch> branches = new ArrayList<>();
    for (Branch source : request.sources()) {
      branches.add(source.role() == Role.MPAE ? tuned(source, attack, request) : source);
    }
    return List.copyOf(branches);
  }

  private Branch tuned(Branch source, SampleAttack attack, Request request) {
    Encoder encoder = source.encoder().duplicate();
    try (RunContext context = request.context().child(source.name())) {
      FineTuningOutcome outcome =
          new AdversarialFineTuning(options, attack)
              .tune(source.name(), encoder, request.train(), request.validation(), context);
      EncoderInfo info = info(source.encoder().info(), outcome, request, context.seed());
      return new Branch(source.name(), source.role(), new HardenedEncoder(encoder, info));
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private EncoderInfo info(
      EncoderInfo source, FineTuningOutcome outcome, Request request, long seed) {
    Map<String, String> facts = new LinkedHashMap<>(source.provenance());
    facts.put("hardened", ZepadProvider.NAME);
    facts.put("hardened-options", options.toString());
    facts.put("hardened-attack", options.attack());
    facts.put("hardened-compat", options.compat().name().toLowerCase(Locale.ROOT));
    facts.put("hardened-epochs", Integer.toString(options.epochs()));
    facts.put("hardened-kept-epoch", Integer.toString(outcome.kept().epoch()));
    facts.put("hardened-seed", Long.toString(seed));
    facts.put("hardened-validation-images", Integer.toString(outcome.kept().images()));
    facts.put("hardened-validation-benign", Integer.toString(outcome.kept().benign()));
    facts.put("hardened-validation-robust", Integer.toString(outcome.kept().robust()));
    request.train().fingerprint().ifPresent(f -> facts.put("hardened-tuning-data", f));
    return new EncoderInfo(
        source.backbone(),
        source.backboneOptions(),
        source.method(),
        source.preprocessing(),
        facts);
  }
}
