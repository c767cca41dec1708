package org.zepad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A command that takes long where people use it, here as small as it can be without losing a part.
 *
 * @param name the command
 * @param arguments what is typed behind it; files are named within the folder where it runs
 * @param needs the commands that make what it works on, in that folder
 */
record LongCommand(String name, List<String> arguments, List<List<String>> needs) {
  private static final String GRID =
      """
      victims: [simclr]
      tuning: {SHAPES, images: 60}
      defences:
        - name: zepad
          defence:
            name: zepad
            options: {epochs: EPOCHS, batch-size: 27, attack-steps: 1, validation-images: 6}
          branches:
            - {name: victim, encoder: victim}
            - {name: helper, role: bmp, encoder: "zoo:vicreg"}
      surrogate: {SHAPES, images: 60}
      attacks:
        - {name: noise, attack: sign-noise}
        - {name: pgd, attack: {name: pgd, options: {steps: 1}}}
      tasks: [{data: {SHAPES}, epochs: EPOCHS}]
      """
          .replace("SHAPES", "name: shapes, options: {train: 60, test: 20}, size: 32");

  /**
   * All of them.
   *
   * @param epochs of whatever they train, and how much they work otherwise
   */
  static Stream<LongCommand> all(int epochs) {
    return Stream.of(
        pretrain(epochs),
        harden(epochs),
        adapt(epochs),
        attack(epochs),
        experiment(),
        export(epochs));
  }

  private static LongCommand pretrain(int epochs) {
    return new LongCommand(
        "pretrain",
        words(
            "--method simclr --dataset shapes --epochs %d --out encoder.safetensors"
                .formatted(epochs),
            "backbone.options.width=8",
            "data.images=90",
            "training.batch-size=27",
            "training.knn-every=1"),
        List.of());
  }

  private static LongCommand harden(int epochs) {
    return new LongCommand(
        "harden",
        words(
            "--mpae zoo:simclr --mpae zoo:byol --bmp zoo:vicreg --out bundle",
            "data.images=60",
            "defence.options.epochs=" + epochs,
            "defence.options.batch-size=27",
            "defence.options.attack-steps=1"),
        List.of());
  }

  private static LongCommand adapt(int epochs) {
    return new LongCommand(
        "adapt",
        words("--bundle bundle", "data.images=" + 150 * epochs, "epochs=" + 5 * epochs),
        List.of(undefended()));
  }

  private static LongCommand attack(int epochs) {
    return new LongCommand(
        "attack",
        words(
            "--attack advencoder-per --victim zoo:simclr --out delta.safetensors",
            "data.images=90",
            "attack.options.epochs=" + epochs,
            "attack.options.batch-size=27",
            "attack.options.widths=32,16,8"),
        List.of());
  }

  private static LongCommand experiment() {
    return new LongCommand(
        "experiment", words("grid.yaml --out grid --jobs 1 --cache none"), List.of());
  }

  private static LongCommand export(int epochs) {
    List<String> adapt = new ArrayList<>(List.of("adapt"));
    adapt.addAll(words("--bundle bundle", "data.images=60", "epochs=1"));
    return new LongCommand(
        "export",
        words(
            "bundle --precision int8 --dataset shapes",
            "calibration-images=16",
            "checked-images=" + 10 * epochs,
            "max-loss=100"),
        List.of(undefended(), adapt));
  }

  private static List<String> undefended() {
    List<String> harden = new ArrayList<>(List.of("harden"));
    harden.addAll(words("--mpae zoo:simclr --bmp zoo:vicreg --out bundle", "defence=none"));
    return harden;
  }

  private static List<String> words(String typed, String... settings) {
    List<String> words = new ArrayList<>(List.of(typed.split(" ", -1)));
    for (String setting : settings) {
      words.addAll(List.of("--set", setting));
    }
    return words;
  }

  /** The whole command, for a process. */
  String[] line() {
    return Stream.concat(Stream.of(name), arguments.stream()).toArray(String[]::new);
  }

  /** Writes the files that it reads beside what other commands make. */
  void writeInputs(Path folder, int epochs) throws IOException {
    if (arguments.contains("grid.yaml")) {
      Files.writeString(
          folder.resolve("grid.yaml"), GRID.replace("EPOCHS", Integer.toString(epochs)));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
