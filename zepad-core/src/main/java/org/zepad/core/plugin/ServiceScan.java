package org.zepad.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Makes the services of one source. One that fails is put aside with its cause.
 *
 * <p>On a module path this is what {@link ServiceLoader} does. On a class path it looks at module
 * descriptors too, so that a modular jar needs no second list under {@code META-INF/services}.
 */
final class ServiceScan {
  private final PluginSource source;
  private final List<BrokenPlugin> broken;

  /**
   * @param source where to look
   * @param broken where to put what fails
   */
  ServiceScan(PluginSource source, List<BrokenPlugin> broken) {
    this.source = source;
    this.broken = broken;
  }

  /** The services of a type, in the order of their class names. */
  <S> List<S> make(Class<S> service) {
    Map<String, Supplier<? extends S>> makers = new TreeMap<>();
    registered(service, makers);
    if (source.layer() == null) {
      declared(service, makers);
    }
    List<S> services = new ArrayList<>();
    makers.forEach(
        (name, maker) -> {
          try {
            services.add(maker.get());
          } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            broken.add(new BrokenPlugin(name, source.name(), e));
          }
        });
    return services;
  }

  private <S> void registered(Class<S> service, Map<String, Supplier<? extends S>> makers) {
    Iterator<ServiceLoader.Provider<S>> found =
        (source.layer() == null
                ? ServiceLoader.load(service, source.loader())
                : ServiceLoader.load(source.layer(), service))
            .stream().iterator();
    // Going on after an error is how ServiceLoader lets one skip what is broken; an iterator that
    // fails twice in the same way would never end.
    for (int failures = 0; failures < 100; ) {
      try {
        if (!found.hasNext()) {
          return;
        }
        ServiceLoader.Provider<S> provider = found.next();
        if (source.defines(provider.type())) {
          makers.put(provider.type().getName(), provider);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        broken.add(new BrokenPlugin(service.getSimpleName(), source.name(), e));
      }
    }
  }

  private <S> void declared(Class<S> service, Map<String, Supplier<? extends S>> makers) {
    try {
      List<URL> descriptors =
          Collections.list(
              source.loader() instanceof URLClassLoader plugin
                  ? plugin.findResources("module-info.class")
                  : source.loader().getResources("module-info.class"));
      for (URL url : descriptors) {
        for (ModuleDescriptor.Provides provides : read(url).provides()) {
          if (provides.service().equals(service.getName())) {
            provides
                .providers()
                .forEach(name -> makers.putIfAbsent(name, () -> make(service, name)));
          }
        }
      }
    } catch (IOException e) {
      broken.add(new BrokenPlugin("module descriptor", source.name(), e));
    }
  }

  private <S> S make(Class<S> service, String name) {
    try {
      Class<?> type = Class.forName(name, true, source.loader());
      return service.cast(type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw new ServiceConfigurationError(name, e);
    }
  }

  private static ModuleDescriptor read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return ModuleDescriptor.read(in);
    }
  }
}
