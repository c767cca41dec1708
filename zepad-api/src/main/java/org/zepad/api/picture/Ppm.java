package org.zepad.api.picture;

import org.zepad.api.ZepadException;
import org.zepad.api.dataset.RgbImage;

/**
 * Binary portable pixmaps (Netpbm, magic P6), 8 bits a channel, one picture a file.
 *
 * <p>Strict on purpose: the file must end with its last pixel, and its header may hold no carriage
 * return. A copy whose line ends were converted by a version-control client breaks one of the two;
 * a lenient reader would show its colours shifted by one channel.
 */
final class Ppm {
  private static final int MAX_PIXELS = 100_000_000;

  private final String name;
  private final byte[] bytes;
  private int at;

  private Ppm(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  /** Whether the bytes start as such a picture does. */
  static boolean recognises(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == 'P' && bytes[1] == '6';
  }

  /**
   * Decodes a picture that is recognised as one.
   *
   * @throws ZepadException of kind INPUT, saying what is wrong with it
   */
  static RgbImage decode(String name, byte[] bytes) {
    return new Ppm(name, bytes).decode();
  }

  private RgbImage decode() {
    at = 2;
    int width = number("width");
    int height = number("height");
    int most = number("greatest value");
    if (most != 255) {
      throw damaged("its greatest value is " + most + "; only 255, one byte a channel, is read");
    }
    if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
      throw damaged("it has " + width + "x" + height + " pixels; 1 to " + MAX_PIXELS + " are read");
    }
    // One white space, which number() has seen, parts the header from the pixels.
    at++;
    int plane = width * height;
    long surplus = (long) bytes.length - at - 3L * plane;
    if (surplus != 0) {
      throw damaged(
          "it has "
              + Math.abs(surplus)
              + (surplus < 0 ? " bytes too few" : " bytes too many")
              + " for "
              + width
              + "x"
              + height
              + " pixels");
    }
    byte[] planes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        planes[c * plane + i] = bytes[at + 3 * i + c];
      }
    }
    return new RgbImage(width, height, planes);
  }

  // White space and comments, then digits, up to but without the white space after them.
  private int number(String what) {
    int start = at;
    while (isSpace(next(what)) || bytes[at] == '#') {
      if (bytes[at] == '#') {
        while (next(what) != '\n') {
          at++;
        }
      }
      at++;
    }
    if (at == start) {
      throw damaged("no white space before its " + what);
    }
    int digits = at;
    int value = 0;
    while (next(what) >= '0' && next(what) <= '9' && at - digits < 9) {
      value = 10 * value + next(what) - '0';
      at++;
    }
    if (at == digits || !isSpace(next(what))) {
      throw damaged("its " + what + " is no number of at most 9 digits followed by white space");
    }
    return value;
  }

  private byte next(String what) {
    if (at >= bytes.length) {
      throw damaged("it ends before its " + what + " is told");
    }
    if (bytes[at] == '\r') {
      throw damaged(
          "its header holds a carriage return, so line ends were converted in it, and its pixels"
              + " may have been changed in the same way");
    }
    return bytes[at];
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == 0x0b || b == '\f';
  }

  private ZepadException damaged(String what) {
    return ZepadException.input(
        name + " is damaged or no PPM picture: " + what + ". Copy or unpack it again");
  }
}
