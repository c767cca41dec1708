package org.zepad.cli;

import java.util.List;
import java.util.Map;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.encoder.Zoo;
import picocli.CommandLine.Command;

/** Lists the pre-trained encoders that come with the plugins. */
@Command(
    name = "zoo",
    description =
        "List the pre-trained encoders that come with the plugins; zoo:NAME stands for one wherever"
            + " an encoder's file is asked for.",
    sortOptions = false)
final class ZooCommand implements Runnable {
  private final GlobalOptions options;

  ZooCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    Map<String, EncoderInfo> encoders = new Zoo(options.registry()).encoders();
    if (options.json()) {
      options
          .out()
          .println(
              Json.text(
                  encoders.entrySet().stream()
                      .map(e -> Results.encoder(Zoo.PREFIX + e.getKey(), e.getValue()))
                      .toList()));
      return;
    }
    Table table = new Table();
    table.row(List.of("encoder", "backbone", "data", "images", "epochs", "k-NN (validation)"));
    encoders.forEach(
        (name, info) ->
            table.row(
                List.of(
                    Zoo.PREFIX + name,
                    info.backbone() + " " + info.backboneOptions(),
                    fact(info, "data"),
                    fact(info, "data-images"),
                    fact(info, "epochs"),
                    fact(info, "knn-accuracy-validation"))));
    options.out().print(table);
  }

  private static String fact(EncoderInfo info, String name) {
    return info.provenance().getOrDefault(name, "unknown");
  }
}
