package org.zepad.core.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.io.Sha256;
import org.zepad.core.io.StoredTensor;
import org.zepad.core.io.TensorFile;
import org.zepad.core.io.TensorFiles;
import org.zepad.core.plugin.OptionsBinder;

/**
 * Makes encoders of public checkpoints: files of PyTorch, Lightning or safetensors with a backbone
 * among other things.
 *
 * <p>The encoder's tensors are those under the first known prefix whose tensors a backbone
 * recognises. A momentum encoder is another network with the same names behind its own prefix; it
 * is taken only when a person names that prefix. The comparison is strict: one tensor that is
 * missing, unexpected, of another shape or not finite, and nothing is loaded.
 */
public final class PublicCheckpoints {
  /** In the order in which they are tried; the bare names come last. */
  private static final List<String> PREFIXES =
      List.of("backbone.", "encoder.", "module.backbone.", "module.encoder.", "module.", "");

  /** First parts of names that may stand beside a backbone and are no part of it. */
  private static final Set<String> BESIDE =
      Set.of(
          "fc",
          "classifier",
          "projector",
          "predictor",
          "prototypes",
          "head",
          "heads",
          "linear",
          "queue",
          "queue_y",
          "queue_ptr",
          "momentum_backbone",
          "momentum_encoder",
          "momentum_projector",
          "momentum_predictor",
          "momentum_head",
          "momentum_classifier",
          "dino_loss_func",
          "local_memory_index",
          "local_memory_embeddings",
          "online_classifier");

  private final Map<String, BackboneProvider<?>> backbones;

  private record Match(
      String prefix,
      BackboneProvider<?> provider,
      Map<String, Object> options,
      WeightCheck check) {}

  /**
   * Looks for these backbones.
   *
   * @param backbones the backbone plugins by name
   */
  public PublicCheckpoints(Map<String, BackboneProvider<?>> backbones) {
    this.backbones = new TreeMap<>(backbones);
  }

  /**
   * Says what a file holds. Takes no engine and runs nothing.
   *
   * @throws ZepadException of kind INPUT if it is no sound file of tensors at all
   */
  public Inspection inspect(Path file) {
    return inspect(file, CheckpointHints.none());
  }

  /** As {@link #inspect(Path)}, with what a person knows about the file. */
  public Inspection inspect(Path file, CheckpointHints hints) {
    return inspect(TensorFiles.open(file), hints);
  }

  private Inspection inspect(TensorFile opened, CheckpointHints hints) {
    Map<String, Inspection.TensorInfo> infos = new LinkedHashMap<>();
    opened
        .tensors()
        .forEach((n, t) -> infos.put(n, new Inspection.TensorInfo(t.shape(), t.type())));
    List<Match> matches = matches(opened, hints);
    Match match = matches.size() == 1 ? matches.get(0) : null;
    WeightCheck check = match == null ? new WeightCheck(Map.of(), Map.of()) : match.check();
    String prefix = match == null ? null : match.prefix();
    return new Inspection(
        opened.file(),
        opened.format(),
        infos,
        opened.facts(),
        prefix,
        match == null ? null : match.provider().name(),
        match == null ? Map.of() : match.options(),
        method(opened, hints),
        hints.preprocessing() != null
            ? hints.preprocessing()
            : CheckpointFacts.preprocessing(opened.facts()),
        ignored(opened, prefix),
        check.missing,
        check.unexpected,
        check.misshapen,
        check.unsound,
        remark(opened, matches));
  }

  /**
   * Makes an encoder of a file.
   *
   * @param context owner of its tensors
   * @throws ZepadException of kind INPUT if no encoder can be made of it, with everything that
   *     stands against it; of kind USAGE if the pre-processing is known to nobody
   */
  public BackboneEncoder load(Path file, CheckpointHints hints, RunContext context) {
    TensorFile opened = TensorFiles.open(file);
    Inspection found = inspect(opened, hints);
    if (!found.isEncoder()) {
      throw ZepadException.input(
          file + ": no encoder can be made of it:\n  " + String.join("\n  ", found.problems()));
    }
    if (found.preprocessing() == null) {
      throw ZepadException.usage(
          file
              + ": it does not say how its images were prepared; give size, mean and standard"
              + " deviation");
    }
    String name = Objects.requireNonNull(found.backbone());
    EncoderInfo info =
        new EncoderInfo(
            name,
            found.backboneOptions(),
            found.method(),
            found.preprocessing(),
            provenance(opened, found));
    BackboneEncoder encoder = new BackboneEncoder(info, this::create, context);
    try (NDManager scope = context.manager().newSubManager()) {
      Map<String, NDArray> values = new LinkedHashMap<>();
      encoderTensors(opened, Objects.requireNonNull(found.prefix()))
          .forEach((n, tensor) -> values.put(n, tensor.readFloat32(scope)));
      encoder.state().load(values);
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  private Backbone create(String name, Map<String, ?> options, RunContext context) {
    return create(Objects.requireNonNull(backbones.get(name)), options, context);
  }

  private static <O extends Record> Backbone create(
      BackboneProvider<O> provider, Map<String, ?> options, RunContext context) {
    return provider.create(bind(provider, options), context);
  }

  private static <O extends Record> O bind(BackboneProvider<O> provider, Map<String, ?> options) {
    return OptionsBinder.bind(
        "backbone '" + provider.name() + "'", provider.optionsType(), options);
  }

  /** The readings of the file under the first prefix that gives any. */
  private List<Match> matches(TensorFile opened, CheckpointHints hints) {
    List<Match> matches = new ArrayList<>();
    for (String prefix : hints.prefix() == null ? PREFIXES : List.of(hints.prefix())) {
      Map<String, StoredTensor> tensors = encoderTensors(opened, prefix);
      if (!tensors.isEmpty() && matches.isEmpty()) {
        for (BackboneProvider<?> provider : candidates(hints)) {
          match(provider, prefix, tensors, hints).ifPresent(matches::add);
        }
      }
    }
    return matches;
  }

  private Iterable<BackboneProvider<?>> candidates(CheckpointHints hints) {
    if (hints.backbone() == null) {
      return backbones.values();
    }
    BackboneProvider<?> named = backbones.get(hints.backbone());
    if (named == null) {
      throw ZepadException.usage(
          "There is no backbone '" + hints.backbone() + "'; there are " + backbones.keySet());
    }
    return List.of(named);
  }

  private static <O extends Record> Optional<Match> match(
      BackboneProvider<O> provider,
      String prefix,
      Map<String, StoredTensor> tensors,
      CheckpointHints hints) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return provider
        .recognise(shapes)
        .map(
            recognised -> {
              Map<String, Object> values = new LinkedHashMap<>(OptionsBinder.toMap(recognised));
              values.putAll(hints.backboneOptions());
              O options = bind(provider, values);
              return new Match(
                  prefix,
                  provider,
                  OptionsBinder.toMap(options),
                  new WeightCheck(provider.shapes(options), tensors));
            });
  }

  /** The tensors under a prefix, without it, and without what is known to stand beside. */
  private static Map<String, StoredTensor> encoderTensors(TensorFile opened, String prefix) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    opened
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (isOfEncoder(name, prefix)) {
                tensors.put(name.substring(prefix.length()), tensor);
              }
            });
    return tensors;
  }

  private static boolean isOfEncoder(String name, String prefix) {
    return name.startsWith(prefix)
        && !BESIDE.contains(name.substring(prefix.length()).split("\\.", 2)[0]);
  }

  private static List<String> ignored(TensorFile opened, @Nullable String prefix) {
    return prefix == null
        ? List.of()
        : opened.tensors().keySet().stream().filter(n -> !isOfEncoder(n, prefix)).toList();
  }

  private static String method(TensorFile opened, CheckpointHints hints) {
    return hints.method() != null
        ? hints.method()
        : CheckpointFacts.method(opened.facts()).orElse("unknown");
  }

  private String remark(TensorFile opened, List<Match> matches) {
    if (matches.size() == 1) {
      return "";
    }
    if (matches.size() > 1) {
      return "several backbones recognise it: "
          + matches.stream().map(m -> m.provider().name()).toList()
          + "; name one";
    }
    return "none of the backbones "
        + backbones.keySet()
        + " recognises the tensors under one of the prefixes "
        + PREFIXES
        + "; the first parts of its names are "
        + opened.tensors().keySet().stream()
            .map(n -> n.split("\\.", 2)[0])
            .distinct()
            .limit(20)
            .toList()
        + ". Name the prefix if one of them is the encoder";
  }

  private static Map<String, String> provenance(TensorFile opened, Inspection found) {
    Map<String, String> facts = new TreeMap<>();
    Path name = opened.file().getFileName();
    facts.put("source", String.valueOf(name));
    facts.put("source-sha256", Sha256.of(opened.file()));
    facts.put("source-format", opened.format());
    facts.put("source-prefix", Objects.requireNonNull(found.prefix()));
    return facts;
  }
}
