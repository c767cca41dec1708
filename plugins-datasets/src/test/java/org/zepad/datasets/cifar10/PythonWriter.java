package org.zepad.datasets.cifar10;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles as Python 2 wrote the official files, operation by operation. */
final class PythonWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int memo = 1;

  /** A batch of images and labels, as data_batch_N. */
  static byte[] batch(byte[] pixels, int... labels) {
    PythonWriter w = new PythonWriter();
    w.put("\u0080\u0002}").remember().put("(");
    w.text("batch_label").remember().text("training batch 1 of 5").remember();
    w.text("labels").remember().put("]").remember().put("(");
    for (int label : labels) {
      w.put("K").put("" + (char) label);
    }
    w.put("e").text("data").remember();
    w.put("cnumpy.core.multiarray\n_reconstruct\n").remember();
    w.put("cnumpy\nndarray\n").remember().put("K\0\u0085").text("b").put("\u0087R").remember();
    w.put("(K\u0001M").number((short) labels.length).put("M").number((short) 3072).put("\u0086");
    w.put("cnumpy\ndtype\n").remember().text("u1").put("K\0K\u0001\u0087R").remember();
    w.put("(K\u0003").text("|").put("NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb");
    w.put("\u0089T")
        .out
        .writeBytes(
            ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(pixels.length).array());
    w.out.writeBytes(pixels);
    w.put("tb").text("filenames").remember().put("]").remember().put("(");
    for (int i = 0; i < labels.length; i++) {
      w.text("image_s_" + i + ".png").remember();
    }
    return w.put("eu.").out.toByteArray();
  }

  /** The class names, as batches.meta. */
  static byte[] meta(String... names) {
    PythonWriter w = new PythonWriter();
    w.put("\u0080\u0002}").remember().put("(");
    w.text("num_cases_per_batch").remember().put("M").number((short) 10_000);
    w.text("label_names").remember().put("]").remember().put("(");
    for (String name : names) {
      w.text(name).remember();
    }
    w.put("e").text("num_vis").remember().put("M").number((short) 3072);
    return w.put("u.").out.toByteArray();
  }

  private PythonWriter put(String latin) {
    out.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  private PythonWriter text(String text) {
    return put("U").put("" + (char) text.length()).put(text);
  }

  private PythonWriter number(short value) {
    return put("" + (char) (value & 255) + (char) (value >> 8 & 255));
  }

  private PythonWriter remember() {
    int key = memo++;
    if (key < 256) {
      return put("q").put("" + (char) key);
    }
    out.writeBytes(
        ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN).put((byte) 'r').putInt(key).array());
    return this;
  }
}
