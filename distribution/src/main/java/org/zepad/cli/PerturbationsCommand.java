package org.zepad.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what is done with universal perturbations once they are crafted. */
@Command(
    name = "perturbations",
    description = "List, view and apply universal perturbations that 'attack' crafted.",
    synopsisSubcommandLabel = "COMMAND",
    sortOptions = false)
final class PerturbationsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** The command with its subcommands. */
  static CommandLine line(GlobalOptions options) {
    CommandLine line = new CommandLine(new PerturbationsCommand());
    line.addSubcommand(new PerturbationsListCommand(options));
    line.addSubcommand(new PerturbationsShowCommand(options));
    line.addSubcommand(new PerturbationsApplyCommand(options));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}
