package org.zepad.cli;

import java.io.IOException;

/** Ends this process when the one that started it is gone, however that ended. */
final class ParentWatch {
  private static final int GONE = 4;

  private ParentWatch() {}

  /** Watches the standard input, which the other process holds open as long as it lives. */
  static void start() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever said; the end is what is waited for.
                }
              } catch (IOException e) {
                // As good as an end.
              }
              Runtime.getRuntime().halt(GONE);
            },
            "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }
}
