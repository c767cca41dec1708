package org.zepad.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.Perturbation;
import org.zepad.api.attack.UniversalAttack;
import org.zepad.api.encoder.Encoder;
import org.zepad.core.attack.AssertingAttacks;
import org.zepad.core.attack.PerturbationFiles;
import org.zepad.core.attack.PerturbationInfo;
import org.zepad.core.encoder.EncoderEnsemble;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;
import org.zepad.core.io.WorkLock;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

/** Crafts a universal perturbation against a public encoder, into a file and a picture. */
public final class AttackStep {
  private final PluginRegistry plugins;
  private final Settings settings;

  /** The step over these plugins. */
  public AttackStep(PluginRegistry plugins, Settings settings) {
    this.plugins = plugins;
    this.settings = settings;
  }

  /**
   * Crafts, continuing what a killed call left in {@code OUT.work}.
   *
   * @param config attack and surrogate images
   * @param sources the victim's file, or {@code zoo:METHOD}; of several, one perturbation is
   *     crafted against all of them at once, see {@link EncoderEnsemble}
   * @param out the perturbation's file; if it exists and is of this very configuration, nothing is
   *     done
   * @throws ZepadException of kind USAGE if it exists and is another one, or the attack is not
   *     universal; of kind ENVIRONMENT if another process works on it
   */
  public PerturbationInfo run(AttackConfig config, List<String> sources, Path out) {
    List<Path> victims =
        sources.stream().map(source -> EncoderLoader.file(source, plugins)).toList();
    String name = config.attack().name();
    Attack attack = plugins.createAttack(name, config.attack().options());
    if (!(attack instanceof UniversalAttack universal)) {
      throw ZepadException.usage(
          "attack '"
              + name
              + "' perturbs each image by itself; name it in 'evaluate' instead. 'attack' crafts"
              + " universal perturbations, for instance with advencoder-per.");
    }
    try (WorkLock lock = WorkLock.of(out);
        OpenData data = OpenData.open(plugins, config.data(), settings)) {
      PerturbationInfo info = info(config, victims, data);
      if (Files.exists(out)) {
        try (RunContext context = settings.context(out.resolveSibling("none"))) {
          PerturbationInfo found = PerturbationFiles.load(out, context.manager()).info();
          Identity.require(out, found.equals(info));
          return found;
        }
      }
      Path work = out.resolveSibling(out.getFileName() + ".work");
      // What was saved for other victims, options or images lies elsewhere and is not continued.
      try (RunContext context = settings.context(work.resolve(Identity.of(info)));
          Encoder encoder = load(victims, context)) {
        Perturbation perturbation =
            AssertingAttacks.check(name, universal)
                .craft(encoder, data.trainBatches(context.manager()), context);
        PerturbationFiles.save(out, perturbation, info);
      }
      AtomicFiles.delete(work);
      return info;
    }
  }

  private Encoder load(List<Path> victims, RunContext context) {
    List<Encoder> encoders =
        victims.stream().map(victim -> EncoderLoader.load(victim, plugins, context)).toList();
    return encoders.size() == 1
        ? encoders.get(0)
        : new EncoderEnsemble(encoders, context.manager());
  }

  private PerturbationInfo info(AttackConfig config, List<Path> victims, OpenData data) {
    Map<String, String> options = new LinkedHashMap<>();
    plugins
        .resolve(PluginKind.ATTACK, config.attack().name(), config.attack().options())
        .forEach((key, value) -> options.put(key, value.toString()));
    return new PerturbationInfo(
        config.attack().name(),
        options,
        settings.seed(),
        joined(victims, victim -> String.valueOf(victim.getFileName())),
        joined(victims, Sha256::of),
        data.provenance().toString(),
        Versions.all());
  }

  private static String joined(List<Path> victims, Function<Path, String> fact) {
    return victims.stream().map(fact).collect(Collectors.joining(","));
  }
}
