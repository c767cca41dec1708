package org.zepad.core.plugin;

import ai.djl.ndarray.types.Shape;
import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.zepad.api.Provider;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.Attack;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.defence.Defence;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.detector.Detector;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.Fusion;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.ssl.SslMethodProvider;

/**
 * The plugins by kind and name. Listing creates nothing; only what is asked for by name is created.
 * An unknown name or option is a {@link ZepadException} of kind USAGE that says what there is; a
 * plugin that fails otherwise is a {@link PluginFailure}. Immutable and thread-safe.
 */
public final class PluginRegistry {
  private final Map<PluginKind, Map<String, ? extends Provider<?>>> providers =
      new EnumMap<>(PluginKind.class);
  private final Map<String, BackboneProvider<?>> backbones;
  private final Map<String, SslMethodProvider<?>> sslMethods;
  private final Map<String, AttackProvider<?>> attacks;
  private final Map<String, DatasetProvider<?>> datasets;
  private final Map<String, DefenceProvider<?>> defences;
  private final Map<String, FusionProvider<?>> fusions;
  private final Map<String, DetectorProvider<?>> detectors;
  private final List<BrokenPlugin> broken;
  private final PluginCatalogue catalogue;

  /** Made by Guice, from the maps that {@link ZepadModule} and the plugins' modules bind. */
  @Inject
  public PluginRegistry(
      PluginCatalogue catalogue,
      Map<String, BackboneProvider<?>> backbones,
      Map<String, SslMethodProvider<?>> sslMethods,
      Map<String, AttackProvider<?>> attacks,
      Map<String, DatasetProvider<?>> datasets,
      Map<String, DefenceProvider<?>> defences,
      Map<String, FusionProvider<?>> fusions,
      Map<String, DetectorProvider<?>> detectors) {
    this.catalogue = catalogue;
    this.broken = catalogue.broken();
    this.backbones = sorted(PluginKind.BACKBONE, backbones);
    this.sslMethods = sorted(PluginKind.SSL_METHOD, sslMethods);
    this.attacks = sorted(PluginKind.ATTACK, attacks);
    this.datasets = sorted(PluginKind.DATASET, datasets);
    this.defences = sorted(PluginKind.DEFENCE, defences);
    this.fusions = sorted(PluginKind.FUSION, fusions);
    this.detectors = sorted(PluginKind.DETECTOR, detectors);
  }

  /**
   * The plugins of the application and of plugin folders.
   *
   * @param folders existing folders of jars; see {@link PluginCatalogue#scan}
   */
  public static PluginRegistry open(List<Path> folders) {
    return open(folders, List.of());
  }

  /** The same with single plugins, as {@link PluginCatalogue#scan(List, List)} takes them. */
  public static PluginRegistry open(List<Path> folders, List<Path> plugins) {
    return ZepadModule.injector(PluginCatalogue.scan(folders, plugins), List.of())
        .getInstance(PluginRegistry.class);
  }

  /** Every plugin, by kind and name. */
  public List<PluginInfo> plugins() {
    List<PluginInfo> infos = new ArrayList<>();
    providers.forEach((kind, map) -> map.values().forEach(p -> infos.add(PluginInfos.of(kind, p))));
    return infos;
  }

  /** What was found and does not work. */
  public List<BrokenPlugin> broken() {
    return broken;
  }

  /**
   * The Guice modules that plugins bring, each with what it binds in the place of the program's.
   */
  public Map<PluginModule, List<String>> modules() {
    Map<PluginModule, List<String>> modules = new LinkedHashMap<>();
    for (PluginModule module : catalogue.modules()) {
      modules.put(module, module.rebinds(List.of(new ZepadModule(catalogue))));
    }
    return modules;
  }

  /** What is told of a plugin. */
  public PluginInfo info(PluginKind kind, String name) {
    return PluginInfos.of(kind, provider(kind, name));
  }

  /** The provider of a name. */
  public Provider<?> provider(PluginKind kind, String name) {
    return find(kind, providers.getOrDefault(kind, Map.of()), name);
  }

  /** The options of a plugin, for help. */
  public List<OptionInfo> options(PluginKind kind, String name) {
    return OptionsBinder.describe(provider(kind, name).optionsType());
  }

  /**
   * All the options of a plugin with the values that a configuration gives them, or their defaults:
   * what belongs in a provenance record. Cheap: use it to check a configuration.
   */
  public Map<String, Object> resolve(PluginKind kind, String name, Map<String, ?> options) {
    return OptionsBinder.toMap(
        OptionsBinder.bind(owner(kind, name), provider(kind, name).optionsType(), options));
  }

  /** Everything that is wrong with a plugin's options; empty when nothing is. */
  public List<OptionProblem> check(PluginKind kind, String name, Map<String, ?> options) {
    List<OptionProblem> problems = new ArrayList<>();
    OptionsBinder.tryBind(owner(kind, name), provider(kind, name).optionsType(), options, problems);
    return problems;
  }

  /** All architectures by name. */
  public Map<String, BackboneProvider<?>> backbones() {
    return backbones;
  }

  /** The architecture of a name. */
  public BackboneProvider<?> backbone(String name) {
    return find(PluginKind.BACKBONE, backbones, name);
  }

  /** All self-supervised methods by name. */
  public Map<String, SslMethodProvider<?>> sslMethods() {
    return sslMethods;
  }

  /** The self-supervised method of a name. */
  public SslMethodProvider<?> sslMethod(String name) {
    return find(PluginKind.SSL_METHOD, sslMethods, name);
  }

  /** The attack of a name. */
  public AttackProvider<?> attack(String name) {
    return find(PluginKind.ATTACK, attacks, name);
  }

  /** The data set of a name. */
  public DatasetProvider<?> dataset(String name) {
    return find(PluginKind.DATASET, datasets, name);
  }

  /** The defence of a name. */
  public DefenceProvider<?> defence(String name) {
    return find(PluginKind.DEFENCE, defences, name);
  }

  /** The fusion rule of a name. */
  public FusionProvider<?> fusion(String name) {
    return find(PluginKind.FUSION, fusions, name);
  }

  /** The detector of a name. */
  public DetectorProvider<?> detector(String name) {
    return find(PluginKind.DETECTOR, detectors, name);
  }

  /** A randomly initialised backbone in a context. */
  public Backbone createBackbone(String name, Map<String, ?> options, RunContext context) {
    return createBackbone(backbone(name), options, context);
  }

  /**
   * The names and shapes of a backbone's tensors, without making any: what a file must hold before
   * memory is taken on its word.
   */
  public Map<String, Shape> backboneShapes(String name, Map<String, ?> options) {
    return backboneShapes(backbone(name), options);
  }

  /** An attack. */
  public Attack createAttack(String name, Map<String, ?> options) {
    return createAttack(attack(name), options);
  }

  /** The attacks as a defence sees them. */
  public Defence.Attacks attacks() {
    return this::createAttack;
  }

  /** An open data set. */
  public Dataset openDataset(String name, Map<String, ?> options, Path root) {
    return openDataset(dataset(name), options, root);
  }

  /** A defence. */
  public Defence createDefence(String name, Map<String, ?> options) {
    return createDefence(defence(name), options);
  }

  /** A fusion rule. */
  public Fusion createFusion(String name, Map<String, ?> options) {
    return createFusion(fusion(name), options);
  }

  /** A detector. */
  public Detector createDetector(String name, Map<String, ?> options) {
    return createDetector(detector(name), options);
  }

  private <O extends Record> Backbone createBackbone(
      BackboneProvider<O> provider, Map<String, ?> options, RunContext context) {
    return call(PluginKind.BACKBONE, provider, options, "create", o -> provider.create(o, context));
  }

  private <O extends Record> Map<String, Shape> backboneShapes(
      BackboneProvider<O> provider, Map<String, ?> options) {
    return call(PluginKind.BACKBONE, provider, options, "tell its shapes", provider::shapes);
  }

  private <O extends Record> Attack createAttack(
      AttackProvider<O> provider, Map<String, ?> options) {
    return call(PluginKind.ATTACK, provider, options, "create", provider::create);
  }

  private <O extends Record> Dataset openDataset(
      DatasetProvider<O> provider, Map<String, ?> options, Path root) {
    return call(PluginKind.DATASET, provider, options, "open", o -> provider.open(o, root));
  }

  private <O extends Record> Defence createDefence(
      DefenceProvider<O> provider, Map<String, ?> options) {
    return call(PluginKind.DEFENCE, provider, options, "create", provider::create);
  }

  private <O extends Record> Fusion createFusion(
      FusionProvider<O> provider, Map<String, ?> options) {
    return call(PluginKind.FUSION, provider, options, "create", provider::create);
  }

  private <O extends Record> Detector createDetector(
      DetectorProvider<O> provider, Map<String, ?> options) {
    return call(PluginKind.DETECTOR, provider, options, "create", provider::create);
  }

  private static <O extends Record, T> T call(
      PluginKind kind,
      Provider<O> provider,
      Map<String, ?> values,
      String verb,
      Function<O, T> work) {
    O options = OptionsBinder.bind(owner(kind, provider.name()), provider.optionsType(), values);
    try {
      return work.apply(options);
    } catch (ZepadException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new PluginFailure(PluginInfos.of(kind, provider), verb, e);
    }
  }

  private static String owner(PluginKind kind, String name) {
    return kind.label() + " '" + name + "'";
  }

  private <P extends Provider<?>> Map<String, P> sorted(PluginKind kind, Map<String, P> found) {
    Map<String, P> map = Collections.unmodifiableMap(new TreeMap<>(found));
    providers.put(kind, map);
    return map;
  }

  private static <P extends Provider<?>> P find(
      PluginKind kind, Map<String, ? extends P> map, String name) {
    P provider = map.get(name);
    if (provider == null) {
      String known =
          map.entrySet().stream()
              .map(e -> e.getKey() + " (" + PluginInfos.of(kind, e.getValue()).source() + ")")
              .collect(Collectors.joining(", "));
      throw ZepadException.usage(
          "There is no "
              + owner(kind, name)
              + Names.didYouMean(name, map.keySet())
              + (known.isEmpty() ? " There are none" : " There are " + known)
              + ". Correct the name, or put the plugin's jar into the plugins folder.");
    }
    return provider;
  }
}
