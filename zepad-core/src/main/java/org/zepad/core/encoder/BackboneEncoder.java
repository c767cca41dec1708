package org.zepad.core.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.api.tensor.StateDict;

/** An encoder over a backbone plugin. It owns the backbone. */
public final class BackboneEncoder implements Encoder {
  private final EncoderInfo info;
  private final BackboneFactory factory;
  private final RunContext context;
  private final Backbone backbone;
  private final NDManager constants;
  private final NDArray mean;
  private final NDArray std;

  /**
   * A randomly initialised encoder.
   *
   * @param info what it is to be
   * @param factory makes the backbone
   * @param context owner of the tensors, source of the initialisation's seed
   * @throws org.zepad.api.ZepadException of kind USAGE for an unknown backbone or option
   */
  public BackboneEncoder(EncoderInfo info, BackboneFactory factory, RunContext context) {
    this.info = info;
    this.factory = factory;
    this.context = context;
    this.backbone = factory.create(info.backbone(), info.backboneOptions(), context);
    this.constants = context.manager().newSubManager();
    this.mean = perChannel(info.preprocessing().mean());
    this.std = perChannel(info.preprocessing().std());
  }

  /** The same weights under other facts; takes over the backbone. */
  private BackboneEncoder(BackboneEncoder source, EncoderInfo info) {
    this(info, source.factory, source.context);
    state().load(source.state().tensors());
  }

  private NDArray perChannel(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return constants.create(floats, new Shape(1, floats.length, 1, 1));
  }

  @Override
  public EncoderInfo info() {
    return info;
  }

  @Override
  public int featureDim() {
    return backbone.featureDim();
  }

  @Override
  public StateDict state() {
    return backbone.state();
  }

  @Override
  public NDArray features(NDArray images, boolean training) {
    return backbone.features(prepared(images), training);
  }

  @Override
  public NDArray viewFeatures(NDArray views) {
    return backbone.features(normalised(views), true);
  }

  @Override
  public UnaryOperator<NDArray> evaluator(NDManager scope) {
    UnaryOperator<NDArray> features = backbone.evaluator(scope);
    return images -> features.apply(prepared(images));
  }

  @Override
  public List<String> layers() {
    return backbone.layers();
  }

  @Override
  public Function<NDArray, List<NDArray>> activations(List<String> layers, NDManager scope) {
    Function<NDArray, List<NDArray>> activations = backbone.activations(layers, scope);
    return images -> activations.apply(prepared(images));
  }

  @Override
  public Value describe(Graph graph, Value images) {
    Value centred = graph.sub(images, graph.constant(mean));
    Value normalised = graph.div(centred, graph.constant(std));
    try {
      return backbone.describe(graph, normalised, info.preprocessing().size());
    } catch (ZepadException e) {
      throw ZepadException.usage("backbone '" + info.backbone() + "': " + e.getMessage());
    }
  }

  private NDArray prepared(NDArray images) {
    int size = info.preprocessing().size();
    Shape shape = images.getShape();
    NDArray fitted =
        shape.get(2) == size && shape.get(3) == size
            ? images
            : context.ops().resize(images, size, size);
    return normalised(fitted);
  }

  private NDArray normalised(NDArray images) {
    return images.sub(mean).div(std);
  }

  @Override
  public Encoder duplicate() {
    return new BackboneEncoder(this, info);
  }

  /** A copy with other facts, for instance those of its hardening. */
  public BackboneEncoder withInfo(EncoderInfo other) {
    return new BackboneEncoder(this, other);
  }

  @Override
  public void close() {
    backbone.close();
    constants.close();
  }
}
