package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zepad.core.attack.PerturbationFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the perturbations of folders. */
@Command(
    name = "list",
    description = "List the perturbations in folders and below them, and how each was crafted.",
    sortOptions = false)
final class PerturbationsListCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(paramLabel = "DIR", arity = "1..*", description = "Folders to look through.")
  private List<Path> folders = new ArrayList<>();

  PerturbationsListCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    List<PerturbationFiles.Description> found =
        folders.stream().flatMap(folder -> PerturbationFiles.list(folder).stream()).toList();
    if (options.json()) {
      options.out().println(Json.text(found.stream().map(Results::perturbation).toList()));
      return;
    }
    Table table = new Table();
    table.row(List.of("file", "attack", "victim", "budget", "pixels", "seed"));
    for (PerturbationFiles.Description one : found) {
      table.row(
          List.of(
              one.file().toString(),
              one.info().attack(),
              one.info().victim(),
              Results.budget(one.budget()),
              one.width() + "x" + one.height(),
              Long.toString(one.info().seed())));
    }
    options.out().print(table);
  }
}
