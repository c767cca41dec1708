package org.zepad.core.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.name.Names;
import com.google.inject.spi.Message;
import com.google.inject.util.Modules;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.zepad.api.Provider;
import org.zepad.api.ZepadException;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.ssl.SslMethodProvider;

/**
 * The wiring. Each provider is bound to its kind with its name, {@code @Named("pgd")
 * AttackProvider<?>}, and these bindings make up a map by name for each kind, {@code Map<String,
 * AttackProvider<?>>}.
 *
 * <p>A plugin's own Guice module may bind more, add to the maps with a {@link MapBinder}, or rebind
 * a named key: what it binds takes the place of what is bound here.
 */
public final class ZepadModule extends AbstractModule {
  private final PluginCatalogue catalogue;

  /** Wires what was found. */
  public ZepadModule(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * The injector of an application.
   *
   * @param application modules of the application, which plugins may override too
   * @throws ZepadException of kind USAGE with every wiring error, numbered
   */
  public static Injector injector(PluginCatalogue catalogue, List<Module> application) {
    List<Module> own = new ArrayList<>(application);
    own.add(new ZepadModule(catalogue));
    try {
      return Guice.createInjector(Modules.override(own).with(catalogue.guice()));
    } catch (CreationException e) {
      throw new ZepadException(ZepadException.Kind.USAGE, message(catalogue, e), e);
    }
  }

  @Override
  protected void configure() {
    bind(PluginCatalogue.class).toInstance(catalogue);
    bind(PluginRegistry.class).in(Singleton.class);
    bindKind(PluginKind.BACKBONE, new TypeLiteral<BackboneProvider<?>>() {});
    bindKind(PluginKind.SSL_METHOD, new TypeLiteral<SslMethodProvider<?>>() {});
    bindKind(PluginKind.ATTACK, new TypeLiteral<AttackProvider<?>>() {});
    bindKind(PluginKind.DATASET, new TypeLiteral<DatasetProvider<?>>() {});
    bindKind(PluginKind.DEFENCE, new TypeLiteral<DefenceProvider<?>>() {});
    bindKind(PluginKind.FUSION, new TypeLiteral<FusionProvider<?>>() {});
    bindKind(PluginKind.DETECTOR, new TypeLiteral<DetectorProvider<?>>() {});
  }

  private <P extends Provider<?>> void bindKind(PluginKind kind, TypeLiteral<P> type) {
    MapBinder<String, P> map =
        MapBinder.newMapBinder(binder(), TypeLiteral.get(String.class), type);
    for (PluginCatalogue.Entry entry : catalogue.plugins()) {
      if (entry.info().kind() == kind) {
        String name = entry.info().name();
        Key<P> key = Key.get(type, Names.named(name));
        @SuppressWarnings("unchecked") // the type's class is the kind's SPI, which is checked here
        P provider = (P) type.getRawType().cast(entry.provider());
        bind(key).toInstance(provider);
        map.addBinding(name).to(key);
      }
    }
  }

  private static String message(PluginCatalogue catalogue, CreationException e) {
    StringBuilder text = new StringBuilder("The plugins' Guice modules do not fit together");
    text.append(
        catalogue.modules().stream()
            .map(PluginModule::label)
            .collect(Collectors.joining(", ", " (", "):")));
    int number = 0;
    for (Message error : e.getErrorMessages()) {
      text.append("\n").append(++number).append(") ").append(error.getMessage());
    }
    return text.append("\nRemove the plugin that is to blame, or start without plugins.")
        .toString();
  }
}
