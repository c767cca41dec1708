package org.zepad.api.detector;

import org.zepad.api.Provider;

/**
 * Brings a detector.
 *
 * @param <O> its options
 */
public interface DetectorProvider<O extends Record> extends Provider<O> {

  /** A detector with these options. */
  Detector create(O options);
}
