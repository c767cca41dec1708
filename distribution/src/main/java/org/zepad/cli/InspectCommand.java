package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.encoder.CheckpointHints;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.encoder.Inspection;
import org.zepad.core.encoder.PublicCheckpoints;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a file of tensors holds. */
@Command(
    name = "inspect",
    description =
        "Show what a checkpoint or safetensors file holds, without executing anything in it.",
    sortOptions = false)
final class InspectCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(
      paramLabel = "FILE",
      description = "A .ckpt, .pth, .pt or .safetensors file, or zoo:METHOD.")
  private String file = "";

  @Option(
      names = "--as-encoder",
      description = "Fail, with all reasons, when no encoder can be made of the file.")
  private boolean asEncoder;

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      description = "The names of the encoder's tensors begin with this, such as 'backbone.'.")
  private @Nullable String prefix;

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      description = "The backbone plugin, if several recognise the tensors.")
  private @Nullable String backbone;

  InspectCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    CheckpointHints hints = new CheckpointHints(prefix, backbone, Map.of(), null, null);
    PluginRegistry registry = options.registry();
    Path path = new Zoo(registry).file(file);
    Inspection found = new PublicCheckpoints(registry.backbones()).inspect(path, hints);
    Optional<EncoderInfo> ours =
        found.facts().containsKey(EncoderFiles.METADATA)
            ? EncoderFiles.info(path)
            : Optional.empty();
    if (options.json()) {
      options.out().println(Json.text(toMap(found, ours)));
    } else {
      print(found, ours);
    }
    if (asEncoder && !found.isEncoder()) {
      throw ZepadException.input(
          "No encoder can be made of " + file + ":\n  " + String.join("\n  ", found.problems()));
    }
  }

  private void print(Inspection found, Optional<EncoderInfo> ours) {
    options.out().printf("%s: %s, %d tensors%n", file, found.format(), found.tensors().size());
    Table tensors = new Table("  ");
    found
        .tensors()
        .forEach(
            (name, tensor) ->
                tensors.row(List.of(name, tensor.type().name(), tensor.shape().toString())));
    options.out().print(tensors);
    if (ours.isPresent() && found.isEncoder()) {
      EncoderInfo info = ours.get();
      Table facts = new Table("  ");
      new TreeMap<>(info.provenance()).forEach((key, value) -> facts.row(List.of(key, value)));
      options.out().println("Provenance:");
      options.out().print(facts);
      options
          .out()
          .printf(
              "encoder of ours: %s %s, method %s, images of %d pixels%n",
              info.backbone(), info.backboneOptions(), info.method(), info.preprocessing().size());
      return;
    }
    if (!found.facts().isEmpty()) {
      options.out().println("It says:");
      Table facts = new Table("  ");
      found.facts().forEach((key, value) -> facts.row(List.of(key, String.valueOf(value))));
      options.out().print(facts);
    }
    options.out().println(found.verdict());
    if (!asEncoder) {
      found.problems().forEach(problem -> options.out().println("  " + problem));
    }
  }

  private Map<String, Object> toMap(Inspection found, Optional<EncoderInfo> ours) {
    List<Object> tensors = new ArrayList<>();
    found
        .tensors()
        .forEach(
            (name, tensor) -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("name", name);
              map.put("type", tensor.type().name());
              map.put("shape", LongStream.of(tensor.shape().getShape()).boxed().toList());
              tensors.add(map);
            });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("file", file);
    result.put("format", found.format());
    result.put("encoder", found.isEncoder());
    result.put("backbone", found.backbone());
    result.put("backboneOptions", found.backboneOptions());
    result.put("prefix", found.prefix());
    result.put("method", ours.map(EncoderInfo::method).orElse(found.method()));
    result.put("problems", found.problems());
    result.put("ignored", found.ignored());
    result.put("facts", found.facts());
    result.put("tensors", tensors);
    return result;
  }
}
