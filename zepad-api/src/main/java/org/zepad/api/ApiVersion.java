package org.zepad.api;

/**
 * The version of this api. A plugin's jar says for which it was built by the manifest attribute
 * {@value #ATTRIBUTE}; it works with any later one of the same major number.
 *
 * @param major changes where plugins must change; at least 0
 * @param minor grows with what is added; at least 0
 */
public record ApiVersion(int major, int minor) {
  /** The version of the api that this is. */
  public static final ApiVersion CURRENT = new ApiVersion(0, 1);

  /** The attribute of a plugin's manifest, such as {@code 0.1}. */
  public static final String ATTRIBUTE = "ZePAD-Api-Version";

  public ApiVersion {
    if (major < 0 || minor < 0) {
      throw new IllegalArgumentException("version numbers are counted from 0");
    }
  }

  /**
   * A version from its text, such as {@code 0.1}; what follows a second dot or a hyphen says
   * nothing here.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ApiVersion parse(String text) {
    String[] numbers = text.strip().split("[.-]", 3);
    try {
      return new ApiVersion(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new IllegalArgumentException("'" + text + "' is no version such as " + CURRENT);
    }
  }

  /** Whether a plugin that was built for the other version works with this one. */
  public boolean serves(ApiVersion other) {
    return major == other.major && minor >= other.minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
