package org.zepad.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.zepad.api.Progress;

/**
 * Progress that also prints where the time went.
 *
 * @param shown shows everything else
 * @param err where the times are printed
 */
record ProfiledProgress(Progress shown, PrintWriter err) implements Progress {
  @Override
  public void start(String label, long steps) {
    shown.start(label, steps);
  }

  @Override
  public void update(long done, String note) {
    shown.update(done, note);
  }

  @Override
  public void message(String line) {
    shown.message(line);
  }

  @Override
  public void profile(String label, Map<String, Double> shares) {
    err.println("profile of " + label + ":");
    Table table = new Table("  ");
    shares.forEach(
        (activity, share) ->
            table.row(List.of(String.format(Locale.ROOT, "%5.1f%%", 100 * share), activity)));
    err.print(table);
    err.flush();
  }
}
