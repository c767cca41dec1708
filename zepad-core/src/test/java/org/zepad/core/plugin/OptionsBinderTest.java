package org.zepad.core.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;

class OptionsBinderTest {

  public enum Stem {
    CIFAR,
    IMAGE_NET
  }

  public record Options(
      @Option(defaultValue = "8/255", help = "size", min = 0, max = 1) double epsilon,
      @Option(defaultValue = "10", help = "steps", min = 1) int steps,
      @Option(defaultValue = "true", help = "random start") boolean randomStart,
      @Option(defaultValue = "image-net", help = "stem") Stem stem,
      @Option(
              defaultValue = "ce",
              help = "loss",
              oneOf = {"ce", "margin"})
          String loss,
      @Option(defaultValue = "1,2", help = "scales", min = 1) List<Integer> scales,
      @Option(defaultValue = "", help = "stems") List<Stem> stems,
      @Option(defaultValue = "9000000000", help = "far") long far) {
    public Options {
      if (steps > 100 && randomStart) {
        throw new IllegalArgumentException("random-start needs steps of at most 100");
      }
    }
  }

  private static Options bind(Map<String, ?> values) {
    return OptionsBinder.bind("attack 'x'", Options.class, values);
  }

  @Test
  void absentOptionsTakeTheirDefaults() {
    assertThat(bind(Map.of()))
        .isEqualTo(
            new Options(
                8.0 / 255, 10, true, Stem.IMAGE_NET, "ce", List.of(1, 2), List.of(), 9000000000L));
  }

  @Test
  void textsFromTheCommandLineAndTypedYamlValuesMeanTheSame() {
    assertThat(
            bind(
                Map.of(
                    "epsilon",
                    "0.03",
                    "steps",
                    "7",
                    "random-start",
                    "false",
                    "stem",
                    "cifar",
                    "scales",
                    "3, 4",
                    "stems",
                    "cifar,image-net")))
        .isEqualTo(
            bind(
                Map.of(
                    "epsilon",
                    0.03,
                    "steps",
                    7,
                    "random-start",
                    false,
                    "stem",
                    "cifar",
                    "scales",
                    List.of(3, 4),
                    "stems",
                    List.of("cifar", "image-net"))));
  }

  @Test
  void roundTripsThroughItsMap() {
    Options options = bind(Map.of("stems", "cifar", "epsilon", "16/255", "loss", "margin"));
    Map<String, Object> map = OptionsBinder.toMap(options);
    assertThat(map.keySet())
        .containsExactly(
            "epsilon", "steps", "random-start", "stem", "loss", "scales", "stems", "far");
    assertThat(map).containsEntry("stem", "image-net").containsEntry("stems", List.of("cifar"));
    assertThat(bind(map)).isEqualTo(options);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    List<OptionProblem> problems = new ArrayList<>();
    Options options =
        OptionsBinder.tryBind(
            "attack 'x'",
            Options.class,
            Map.of(
                "epsilom",
                1,
                "epsilon",
                "2",
                "steps",
                1.5,
                "random-start",
                "yes",
                "stem",
                "cifra",
                "loss",
                "mragin",
                "scales",
                "0"),
            problems);
    assertThat(options).isNull();
    assertThat(problems)
        .extracting(OptionProblem::message)
        .containsExactlyInAnyOrder(
            "There is no option 'epsilom' of attack 'x'; did you mean 'epsilon'? Its options are"
                + " epsilon, steps, random-start, stem, loss, scales, stems, far; rename or remove"
                + " it.",
            "Option 'epsilon' of attack 'x': expected a number from 0 to 1, got 2",
            "Option 'steps' of attack 'x': expected a whole number at least 1, got '1.5'",
            "Option 'random-start' of attack 'x': expected true or false, got 'yes'",
            "Option 'stem' of attack 'x': expected one of cifar, image-net, got 'cifra'; did you"
                + " mean 'cifar'?",
            "Option 'loss' of attack 'x': expected one of ce, margin, got 'mragin'; did you mean"
                + " 'margin'?",
            "Option 'scales' of attack 'x': expected a whole number at least 1, got 0");
  }

  @Test
  void refusesWhatIsNoNumber() {
    for (String text : List.of("NaN", "abc", "", "1/0x", "99999999999")) {
      assertThatThrownBy(() -> bind(Map.of("steps", text))).isInstanceOf(ZepadException.class);
      assertThatThrownBy(() -> bind(Map.of("epsilon", text))).isInstanceOf(ZepadException.class);
    }
  }

  @Test
  void whatTheRecordRefusesIsAMistakeOfUsage() {
    assertThatThrownBy(() -> bind(Map.of("steps", 200)))
        .isInstanceOf(ZepadException.class)
        .hasMessage("The options of attack 'x': random-start needs steps of at most 100");
  }

  @Test
  void describesEachOption() {
    assertThat(OptionsBinder.describe(Options.class))
        .startsWith(
            new OptionInfo("epsilon", "double", "8/255", "from 0 to 1", "size"),
            new OptionInfo("steps", "int", "10", "at least 1", "steps"),
            new OptionInfo("random-start", "boolean", "true", "", "random start"),
            new OptionInfo("stem", "choice", "image-net", "one of cifar, image-net", "stem"),
            new OptionInfo("loss", "choice", "ce", "one of ce, margin", "loss"),
            new OptionInfo("scales", "list of int", "1,2", "at least 1", "scales"));
  }

  @Test
  void namesAreKebab() {
    assertThat(Names.kebab("stepSize")).isEqualTo("step-size");
    assertThat(Names.kebab("useUGS")).isEqualTo("use-ugs");
    assertThat(Names.kebab("tpWeight2")).isEqualTo("tp-weight2");
    assertThat(Names.kebab("FULL_SIZE")).isEqualTo("full-size");
    assertThat(Names.nearest("pgdd", List.of("fgsm", "pgd"))).contains("pgd");
    assertThat(Names.nearest("pdg", List.of("fgsm", "pgd"))).contains("pgd");
    assertThat(Names.nearest("zzzzzz", List.of("fgsm", "pgd"))).isEmpty();
  }
}
