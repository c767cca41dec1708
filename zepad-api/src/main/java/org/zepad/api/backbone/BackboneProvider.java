package org.zepad.api.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.Provider;
import org.zepad.api.RunContext;

/**
 * Brings an architecture.
 *
 * @param <O> its options: width, depth, stem
 */
public interface BackboneProvider<O extends Record> extends Provider<O> {

  /** A randomly initialised backbone in the context's scope, from the context's seed. */
  Backbone create(O options, RunContext context);

  /**
   * The options with which this architecture has exactly these tensors, so that a checkpoint says
   * what it is. What the tensors cannot tell (such as padding) takes its default.
   *
   * @param shapes names, without prefix, and shapes of a checkpoint's backbone tensors
   * @return empty when they are not of this architecture at all; when they are, but some are
   *     missing or mis-shaped, the options that come nearest, so that the loader can list what is
   *     wrong
   */
  Optional<O> recognise(Map<String, Shape> shapes);

  /**
   * The tensors that {@link #create} would make, without making them: a checkpoint is compared with
   * them before any memory is taken on its word.
   *
   * @return names, without prefix, and shapes, in the order of {@link Backbone#state()}
   */
  Map<String, Shape> shapes(O options);
}
