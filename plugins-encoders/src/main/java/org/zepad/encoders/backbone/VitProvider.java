package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;

/**
 * What the providers of vision transformers share. They are one architecture and differ in name and
 * defaults; either makes any size. So that no two recognise the same tensors, a checkpoint up to
 * {@value #TINY} wide is read as ViT-tiny and a wider one as ViT-small, even where it is as wide as
 * ViT-base.
 *
 * @param <O> the options, with the defaults of the one or the other
 */
abstract sealed class VitProvider<O extends Record> implements BackboneProvider<O>
    permits VitTinyProvider, VitSmallProvider {
  /** The greatest token length that is read as ViT-tiny. */
  static final int TINY = 192;

  private final String name;
  private final String description;
  private final Class<O> optionsType;

  VitProvider(String name, String description, Class<O> optionsType) {
    this.name = name;
    this.description = description;
    this.optionsType = optionsType;
  }

  /** Whether a network with tokens of this length is read as this one. */
  abstract boolean takes(int dim);

  /** The size that options say. */
  abstract VitSize size(O options);

  /** The options that say a size. */
  abstract O options(VitSize size);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Class<O> optionsType() {
    return optionsType;
  }

  @Override
  public final Backbone create(O options, RunContext context) {
    return new VisionTransformer(size(options), context);
  }

  /**
   * {@inheritDoc} Length, depth, patch and image size are told by the shapes; the heads are not and
   * take their usual number, the token length over 64.
   */
  @Override
  public final Optional<O> recognise(Map<String, Shape> shapes) {
    return VitShapes.size(shapes).filter(size -> takes(size.dim())).map(this::options);
  }

  @Override
  public final Map<String, Shape> shapes(O options) {
    return VitShapes.of(size(options));
  }
}
