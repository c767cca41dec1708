package org.zepad.api.dataset;

import java.util.List;

/** An open data set with its official split. Thread-safe. */
public interface Dataset extends AutoCloseable {

  /** The names of the classes in label order. */
  List<String> classes();

  /** The official training images. A validation part is carved out of them by the runtime. */
  Images train();

  /** The official test images; they never choose anything. */
  Images test();

  @Override
  default void close() {}
}
