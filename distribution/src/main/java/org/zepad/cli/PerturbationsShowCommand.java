package org.zepad.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.zepad.core.attack.PerturbationFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells where a perturbation comes from and where its picture lies. */
@Command(
    name = "show",
    description =
        "Tell how a perturbation was crafted, and name the picture of it (PNG, amplified) that lies"
            + " beside it.",
    sortOptions = false)
final class PerturbationsShowCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(paramLabel = "FILE", description = "A perturbation.")
  private Path file = Path.of("");

  PerturbationsShowCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PerturbationFiles.Description one = PerturbationFiles.describe(file);
    if (options.json()) {
      options.out().println(Json.text(Results.perturbation(one)));
      return;
    }
    Table table = new Table();
    table.row(List.of("attack", one.info().attack()));
    one.info().options().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(option -> table.row(List.of("  " + option.getKey(), option.getValue())));
    table.row(List.of("victim", one.info().victim()));
    table.row(List.of("victim SHA-256", one.info().victimSha256()));
    table.row(List.of("surrogate images", one.info().dataFingerprint()));
    table.row(List.of("budget", Results.budget(one.budget())));
    table.row(List.of("pixels", one.width() + "x" + one.height()));
    table.row(List.of("seed", Long.toString(one.info().seed())));
    table.row(List.of("picture", PerturbationFiles.picture(file).toString()));
    options.out().print(table);
  }
}
