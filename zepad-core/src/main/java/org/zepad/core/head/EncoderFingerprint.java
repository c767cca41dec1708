package org.zepad.core.head;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.encoder.Encoder;

/** A fingerprint of everything that decides what features an encoder gives. */
public final class EncoderFingerprint {
  private EncoderFingerprint() {}

  /**
   * SHA-256 over architecture, pre-processing and every tensor with its name and shape, as 64
   * lower-case hexadecimal digits. Where the encoder comes from does not enter.
   */
  public static String of(Encoder encoder) {
    MessageDigest digest = sha256();
    add(
        digest,
        encoder.info().backbone()
            + new TreeMap<>(encoder.info().backboneOptions())
            + encoder.info().preprocessing());
    for (Map.Entry<String, NDArray> tensor : encoder.state().tensors().entrySet()) {
      add(digest, tensor.getKey() + tensor.getValue().getShape() + tensor.getValue().getDataType());
      digest.update(tensor.getValue().toByteBuffer());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    // A separator, so that two texts never run into one.
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
