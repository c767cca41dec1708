package org.zepad.api.ssl;

import org.zepad.api.Provider;
import org.zepad.api.RunContext;
import org.zepad.api.encoder.Encoder;

/**
 * Brings a self-supervised pre-training method.
 *
 * @param <O> its options: projector sizes, temperature, momentum
 */
public interface SslMethodProvider<O extends Record> extends Provider<O> {

  /**
   * How this method is trained unless told otherwise, with its source in the Javadoc.
   *
   * @param benchmark the one whose published settings are wanted
   */
  Recipe recipe(O options, Benchmark benchmark);

  /**
   * Prepares training of an encoder.
   *
   * @param encoder the encoder to train; the method calls {@link Encoder#features} with training
   *     on, and may {@linkplain Encoder#duplicate duplicate} it for a momentum encoder
   * @param schedule the extent of the training
   * @param context scope and seed of the whole training; the method's tensors live in it
   */
  SslMethod create(O options, Encoder encoder, Schedule schedule, RunContext context);
}
