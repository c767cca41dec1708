package org.zepad.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.zepad.api.Provider;

/**
 * What every provider must do; start at the contract of its kind.
 *
 * @param <O> the plugin's options
 */
public abstract class ProviderContract<O extends Record> {
  ProviderContract() {}

  /** The provider. */
  protected abstract Provider<O> provider();

  /** Some of its options, not all of them at their defaults. */
  protected abstract O options();

  /**
   * The options after they were written as text and read again, by core's {@code OptionsBinder}.
   */
  protected abstract O reread(O options);

  @Test
  void itsNameIsPermanentAndItsDescriptionIsOneLine() {
    assertThat(provider().name()).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    assertThat(provider().description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
  }

  @Test
  void itsOptionsAreReadAsTheyWereWritten() {
    O options = options();
    assertThat(options).isExactlyInstanceOf(provider().optionsType());
    assertThat(reread(options)).isEqualTo(options);
  }
}
