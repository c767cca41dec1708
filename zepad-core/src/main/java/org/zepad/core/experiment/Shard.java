package org.zepad.core.experiment;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.zepad.api.ZepadException;

/**
 * A part of an experiment for one of several machines.
 *
 * @param index which part, from 1
 * @param count how many parts there are
 */
public record Shard(int index, int count) {
  /** Everything. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})/(\\d{1,4})");

  public Shard {
    if (index < 1 || index > count) {
      throw ZepadException.usage(
          "A shard is a number from 1 to the number of shards, such as 1/3, got "
              + index
              + "/"
              + count
              + ".");
    }
  }

  /**
   * Reads {@code i/n}.
   *
   * @throws ZepadException of kind USAGE if it is something else
   */
  public static Shard parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw ZepadException.usage("A shard looks like 1/3, got '" + text + "'.");
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /**
   * The jobs of this part: a stretch of the measuring and checking ones, and what they need.
   * Neighbours share work, so that little of it is done by two machines.
   */
  public List<Job> of(List<Job> jobs) {
    List<Job> ends =
        jobs.stream()
            .filter(job -> job instanceof Job.Measure || job instanceof Job.Audit)
            .toList();
    int from = (int) ((long) ends.size() * (index - 1) / count);
    int to = (int) ((long) ends.size() * index / count);
    Set<Job> wanted = new HashSet<>();
    ends.subList(from, to).forEach(job -> collect(job, wanted));
    return new ArrayList<>(new LinkedHashSet<>(jobs.stream().filter(wanted::contains).toList()));
  }

  private static void collect(Job job, Set<Job> wanted) {
    if (wanted.add(job)) {
      job.needs().forEach(need -> collect(need, wanted));
      job.after().forEach(before -> collect(before, wanted));
    }
  }
}
