package com.example.consensus;

import com.google.inject.AbstractModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.FusionProvider;

/** The parts of the defence, which share one measure of doubt. */
public final class ConsensusModule extends AbstractModule {
  @Override
  protected void configure() {
    TypeLiteral<String> name = TypeLiteral.get(String.class);
    Doubt doubt = new Doubt(1e-3);
    MapBinder.newMapBinder(binder(), name, new TypeLiteral<FusionProvider<?>>() {})
        .addBinding("consensus")
        .toInstance(new ConsensusFusion(doubt));
    MapBinder.newMapBinder(binder(), name, new TypeLiteral<DetectorProvider<?>>() {})
        .addBinding("dissent")
        .toInstance(new DissentDetector(doubt));
  }
}
