package org.zepad.core.data;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.zepad.api.dataset.Images;
import org.zepad.api.dataset.RgbImage;

/** Says which pixels and labels a result was made of, and whether two parts share an image. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * The SHA-256, in lower-case hex, of the label, the width, the height (big-endian ints) and the
   * planes of each image in turn. Independent of how the images are stored.
   */
  public static String of(Images images, int[] indices) {
    MessageDigest digest = sha256();
    InOrder.forEach(
        indices.length,
        i -> images.image(indices[i]),
        (i, image) -> {
          digest.update(ByteBuffer.allocate(4).putInt(images.label(indices[i])).flip());
          update(digest, image);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256, 32 bytes, of an image's width, height (big-endian ints) and planes. */
  static byte[] of(RgbImage image) {
    MessageDigest digest = sha256();
    update(digest, image);
    return digest.digest();
  }

  /**
   * Finds images that occur in more than one part, by the SHA-256 of their size and pixels; labels
   * do not matter. An image that occurs twice within one part is no finding.
   *
   * @return one entry for each image of a later part that equals one of an earlier part; empty if
   *     the parts are disjoint
   */
  public static List<Duplicate> duplicates(List<Part> parts) {
    Map<String, Place> seen = new HashMap<>();
    List<Duplicate> found = new ArrayList<>();
    for (Part part : parts) {
      Map<String, Place> own = new HashMap<>();
      InOrder.forEach(
          part.indices().length,
          i -> part.hash().apply(part.indices()[i]),
          (i, bytes) -> {
            String hash = HexFormat.of().formatHex(bytes);
            Place place = new Place(part.name(), part.indices()[i]);
            Place earlier = seen.get(hash);
            if (earlier != null) {
              found.add(new Duplicate(earlier, place));
            }
            own.putIfAbsent(hash, place);
          });
      own.forEach(seen::putIfAbsent);
    }
    return List.copyOf(found);
  }

  private static void update(MessageDigest digest, RgbImage image) {
    digest.update(ByteBuffer.allocate(8).putInt(image.width()).putInt(image.height()).flip());
    digest.update(image.planes());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * A named part of a set, such as the test images.
   *
   * @param hash the SHA-256 of the size and pixels of an image, by its index; asked by several
   *     threads
   * @param indices which images of the set
   */
  public record Part(String name, IntFunction<byte[]> hash, int[] indices) {

    /** A part whose images are decoded to be hashed. */
    public Part(String name, Images images, int[] indices) {
      this(name, index -> of(images.image(index)), indices);
    }
  }

  /** Where an image stands: the name of the part and the index in its set. */
  public record Place(String part, int index) {}

  /** Two places with the same pixels. */
  public record Duplicate(Place first, Place second) {
    @Override
    public String toString() {
      return first.part() + " " + first.index() + " = " + second.part() + " " + second.index();
    }
  }
}
