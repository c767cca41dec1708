package org.zepad.api.dataset;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * An official file of a data set, and where it goes.
 *
 * @param name of the file, without any folder
 * @param addresses where it is, http or https; the first that answers is taken
 * @param bytes its exact length
 * @param checksum what its bytes must give
 * @param folder below the data root, into which it is put or unpacked; with / between names
 * @param unpacking what is done with it
 */
public record Download(
    String name,
    List<URI> addresses,
    long bytes,
    Checksum checksum,
    String folder,
    Unpacking unpacking) {

  /** Checks what would lead out of the data root. */
  public Download {
    addresses = List.copyOf(addresses);
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*") || bytes < 1 || addresses.isEmpty()) {
      throw new IllegalArgumentException(
          "a download needs a plain file name, an address and a length, got " + name);
    }
    if (!folder.matches("[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")) {
      throw new IllegalArgumentException("a download goes into a folder, got '" + folder + "'");
    }
    for (URI address : addresses) {
      if (!"https".equals(address.getScheme()) && !"http".equals(address.getScheme())) {
        throw new IllegalArgumentException("a download comes by http or https, got " + address);
      }
    }
  }

  /** What is done with a file when it is there. */
  public enum Unpacking {
    /** It stays as it is. */
    NONE,
    /** A tar archive, compressed with gzip. */
    TAR_GZ,
    /** A zip archive. */
    ZIP
  }

  /** How bytes are checked. */
  public enum Algorithm {
    /** Only where the publisher gives nothing better: it tells damage, but no forgery. */
    MD5("MD5", 32),
    /** The one to be declared where it is known. */
    SHA_256("SHA-256", 64);

    private final String title;
    private final int digits;

    Algorithm(String title, int digits) {
      this.title = title;
      this.digits = digits;
    }

    /** The name by which Java and people know it. */
    public String title() {
      return title;
    }
  }

  /**
   * A checksum.
   *
   * @param algorithm how it is computed
   * @param hex its lower-case hexadecimal digits
   */
  public record Checksum(Algorithm algorithm, String hex) {
    /** Checks the digits. */
    public Checksum {
      if (hex.length() != algorithm.digits || !hex.matches("[0-9a-f]+")) {
        throw new IllegalArgumentException(
            algorithm.title
                + String.format(Locale.ROOT, " has %d hexadecimal digits, got ", algorithm.digits)
                + hex);
      }
    }

    /** A SHA-256. */
    public static Checksum sha256(String hex) {
      return new Checksum(Algorithm.SHA_256, hex);
    }

    /** An MD5. */
    public static Checksum md5(String hex) {
      return new Checksum(Algorithm.MD5, hex);
    }
  }
}
