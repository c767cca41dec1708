package org.zepad.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists, shows and fetches data sets. */
@Command(
    name = "datasets",
    description = "List the data sets, show one's pictures, or fetch one's official files.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
final class DatasetsCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
  }
}
