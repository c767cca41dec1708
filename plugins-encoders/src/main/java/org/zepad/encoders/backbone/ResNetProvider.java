package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;
import org.zepad.api.backbone.BackboneProvider;

/** What the providers of residual networks share; they differ in name and layout. */
abstract sealed class ResNetProvider implements BackboneProvider<ResNetOptions>
    permits ResNet18Provider, ResNet34Provider, ResNet50Provider {
  private final String name;
  private final String description;
  private final ResNetLayout layout;

  ResNetProvider(String name, String description, ResNetLayout layout) {
    this.name = name;
    this.description = description;
    this.layout = layout;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Class<ResNetOptions> optionsType() {
    return ResNetOptions.class;
  }

  @Override
  public final Backbone create(ResNetOptions options, RunContext context) {
    return new ResNet(layout, options, context);
  }

  /** {@inheritDoc} The names of the blocks tell the layout, the stem tells the options. */
  @Override
  public final Optional<ResNetOptions> recognise(Map<String, Shape> shapes) {
    return ResNetLayout.of(shapes.keySet())
        .filter(found -> found == layout)
        .flatMap(found -> ResNetShapes.options(shapes));
  }

  @Override
  public final Map<String, Shape> shapes(ResNetOptions options) {
    return ResNetShapes.of(layout, options);
  }
}
