package org.zepad.core.attack;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import org.zepad.api.attack.Norm;
import org.zepad.api.attack.Perturbation;

/**
 * Pictures of perturbations, which are far too faint to be seen as they are: no change is half
 * grey, the largest allowed change black or white. Small ones are enlarged, pixel by pixel.
 *
 * <p>PNG is written by hand: these thirty lines spare the runtime the desktop module.
 */
public final class PerturbationPicture {
  private static final int LEAST_SIDE = 256;
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PerturbationPicture() {}

  /**
   * An 8-bit RGB PNG of at least 256 x 256 pixels. An L2 perturbation is amplified by its largest
   * change instead of its budget, which says nothing of a single pixel. A patch is shown as it is,
   * on black.
   */
  public static byte[] png(Perturbation perturbation) {
    int height = (int) perturbation.delta().getShape().get(1);
    int width = (int) perturbation.delta().getShape().get(2);
    float[] delta = perturbation.delta().toFloatArray();
    double limit = perturbation.budget().epsilon();
    if (perturbation.budget().norm() == Norm.L2) {
      limit = 0;
      for (float change : delta) {
        limit = Math.max(limit, Math.abs(change));
      }
    } else if (perturbation.budget().norm() == Norm.L0) {
      limit = 1;
      for (int i = 0; i < delta.length; i++) {
        delta[i] = 2 * delta[i] - 1;
      }
    }
    int factor = Math.max(1, (LEAST_SIDE + Math.min(height, width) - 1) / Math.min(height, width));
    return encode(rows(delta, height, width, factor, limit), height * factor, width * factor);
  }

  /** The scan lines, each behind a 0 that says it is stored unfiltered. */
  private static byte[] rows(float[] delta, int height, int width, int factor, double limit) {
    int line = 1 + 3 * width * factor;
    byte[] rows = new byte[line * height * factor];
    for (int y = 0; y < height * factor; y++) {
      for (int x = 0; x < width * factor; x++) {
        for (int c = 0; c < 3; c++) {
          float change = delta[(c * height + y / factor) * width + x / factor];
          double share = limit == 0 ? 0 : Math.max(-1, Math.min(1, change / limit));
          rows[y * line + 1 + 3 * x + c] = (byte) Math.round(127.5 + 127.5 * share);
        }
      }
    }
    return rows;
  }

  private static byte[] encode(byte[] rows, int height, int width) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      DataOutputStream fields = new DataOutputStream(header);
      fields.writeInt(width);
      fields.writeInt(height);
      // 8 bits, RGB; the one compression, the one filter method, not interlaced.
      fields.write(new byte[] {8, 2, 0, 0, 0});
      chunk(out, "IHDR", header.toByteArray());
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
        deflater.write(rows);
      }
      chunk(out, "IDAT", compressed.toByteArray());
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
