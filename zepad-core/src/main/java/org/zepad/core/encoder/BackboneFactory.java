package org.zepad.core.encoder;

import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.backbone.Backbone;

/** Makes backbones by name; the plugin registry does. */
@FunctionalInterface
public interface BackboneFactory {

  /**
   * A randomly initialised backbone.
   *
   * @throws org.zepad.api.ZepadException of kind USAGE for an unknown name or option
   */
  Backbone create(String name, Map<String, ?> options, RunContext context);
}
