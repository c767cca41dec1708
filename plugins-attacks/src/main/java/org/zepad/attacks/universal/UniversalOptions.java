package org.zepad.attacks.universal;

/** Texts and defaults of the options that universal attacks have in common. */
public final class UniversalOptions {
  /** 10/255, as of {@code advencoder-per}: budgets are compared like with like. */
  public static final String EPSILON = "0.0392156862745098";

  /** What epsilon is. */
  public static final String EPSILON_HELP =
      "largest change of a pixel, in pixel units (default 10/255)";

  /** What an epoch is. */
  public static final String EPOCHS_HELP = "passes over the surrogate images";

  /** What a batch is. */
  public static final String BATCH_SIZE_HELP = "images a step; fewer where there are fewer";

  /** What a step is. */
  public static final String STEP_SIZE_HELP = "length of a step, in pixel units";

  private UniversalOptions() {}
}
