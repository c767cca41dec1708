package org.zepad.cli;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.core.plugin.Names;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells errors: one paragraph for what a person can mend, a stack trace for our own mistakes, and
 * the exit code of the kind.
 */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** The exit code of an internal error. */
  static final int INTERNAL = 70;

  private final GlobalOptions options;

  Failures(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    return tell(
        e,
        message(e) + " '" + name + " --help' shows what there is.",
        ZepadException.Kind.USAGE.exitCode());
  }

  @Override
  public int handleExecutionException(
      Exception e, CommandLine command, @Nullable ParseResult result) {
    if (e instanceof ParameterException parameter) {
      return handleParseException(parameter, new String[0]);
    }
    return handle(e);
  }

  /** Tells an error and gives its exit code. */
  int handle(Throwable e) {
    if (e instanceof ZepadException known) {
      return tell(e, String.valueOf(e.getMessage()), known.kind().exitCode());
    }
    if (e instanceof UncheckedIOException || e instanceof IOException) {
      Throwable cause =
          e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
      return tell(
          e,
          "A file could not be read or written: "
              + cause
              + ". Check free space, permissions and the path.",
          ZepadException.Kind.ENVIRONMENT.exitCode());
    }
    if (e instanceof OutOfMemoryError) {
      return tell(
          e,
          "The Java heap is full. Give it more, for instance ZEPAD_JAVA_OPTS=-Xmx4g.",
          ZepadException.Kind.ENVIRONMENT.exitCode());
    }
    if (e instanceof EngineException && e.getCause() instanceof UnsatisfiedLinkError) {
      return tell(
          e,
          "The PyTorch library of this program does not load on this machine: "
              + e.getCause().getMessage(),
          ZepadException.Kind.ENVIRONMENT.exitCode());
    }
    PrintWriter err = options.err();
    err.println("zepad: internal error: " + e);
    e.printStackTrace(err);
    err.println("This is a mistake of the program or of a plugin; please report the lines above.");
    return INTERNAL;
  }

  private int tell(Throwable e, String message, int exitCode) {
    options.err().println("zepad: " + message);
    if (options.stacktrace()) {
      e.printStackTrace(options.err());
    }
    return exitCode;
  }

  private static String message(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      CommandLine command = e.getCommandLine();
      if (unmatched.isUnknownOption()) {
        List<String> known =
            command.getCommandSpec().options().stream()
                .map(option -> option.longestName())
                .toList();
        return "There is no option '" + word + "'" + Names.didYouMean(word, known);
      }
      List<String> known = List.copyOf(command.getSubcommands().keySet());
      return known.isEmpty()
          ? "'" + word + "' is one argument too many."
          : "There is no command '" + word + "'" + Names.didYouMean(word, known);
    }
    String message = String.valueOf(e.getMessage());
    return message.endsWith(".") ? message : message + ".";
  }
}
