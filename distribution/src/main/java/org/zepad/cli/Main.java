package org.zepad.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.zepad.api.ZepadException;
import picocli.CommandLine;

/** The entry point of the program {@code zepad}. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  // The launcher sets jdk.console, with which there is a console only where a person sits.
  @SuppressWarnings("SystemConsoleNull")
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode = run(args, out, err, System.console() != null);
    // A writer keeps failures of the standard output to itself until it is asked.
    if (out.checkError() && exitCode == 0) {
      err.println(
          "zepad: the results could not be written to the standard output; is the disk full?");
      exitCode = ZepadException.Kind.ENVIRONMENT.exitCode();
    }
    err.flush();
    // Native libraries keep threads of their own, which would hold the process.
    System.exit(exitCode);
  }

  /**
   * Runs one command.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @param terminal whether a person watches
   * @return 0, 2 (usage), 3 (input data), 4 (environment) or 70 (internal)
   */
  static int run(String[] args, PrintWriter out, PrintWriter err, boolean terminal) {
    GlobalOptions options = new GlobalOptions(out, err, terminal, List.of(args));
    CommandLine line = new Commands(options).of(args);
    line.setOut(out);
    line.setErr(err);
    try {
      return line.execute(args);
    } catch (LinkageError | OutOfMemoryError | StackOverflowError e) {
      return new Failures(options).handle(e);
    }
  }
}
