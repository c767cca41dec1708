package org.zepad.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final StringWriter text = new StringWriter();
  private long now;

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar(new PrintWriter(text), terminal, () -> now);
  }

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  @Test
  void writesPlainLinesNowAndThenWhereThereIsNoTerminal() {
    ProgressBar bar = bar(false);
    bar.start("train", 100);
    pass(4);
    bar.update(4, "loss 3");
    pass(6);
    bar.update(10, "loss 2");
    pass(90);
    bar.update(100, "loss 1");
    assertThat(text.toString().lines())
        .containsExactly(
            "train 0/100",
            "train 10/100, 1 min 30 s left, loss 2",
            "train 100/100 in 1 min 40 s, loss 1");
  }

  @Test
  void overwritesOneLineOnATerminal() {
    ProgressBar bar = bar(true);
    bar.start("train", 4);
    pass(0.05);
    bar.update(1, "too soon");
    pass(0.1);
    bar.update(2, "");
    bar.message("saved");
    assertThat(text.toString())
        .startsWith("\rtrain [                        ] 0/4")
        .contains("\rtrain [============            ] 2/4, 0 s left")
        .doesNotContain("too soon")
        .endsWith(System.lineSeparator() + "saved" + System.lineSeparator());
  }

  @Test
  void theTimeLeftOfAContinuedTaskIsToldByItsOwnSteps() {
    ProgressBar bar = bar(false);
    bar.start("train", 100);
    pass(1);
    bar.update(71, "");
    pass(10);
    bar.update(81, "");
    assertThat(text.toString().lines()).containsExactly("train 0/100", "train 81/100, 19 s left");
  }

  @Test
  void aNewTaskEndsTheLineOfTheOldOne() {
    ProgressBar bar = bar(true);
    bar.start("one", 3);
    bar.start("two", 3);
    assertThat(text.toString().lines().filter(l -> l.contains("0/3"))).hasSize(2);
  }
}
