package org.zepad.core.plugin;

import com.google.inject.Binding;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.name.Named;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Guice module that a plugin brings.
 *
 * @param module the module
 * @param source the file name of its jar, or its folder
 */
public record PluginModule(Module module, String source) {
  private static final String MULTIBINDINGS = "com.google.inject.multibindings.";

  /** Its class, and where it comes from. */
  public String label() {
    return module.getClass().getName() + " (" + source + ")";
  }

  /**
   * What it binds in the place of others, as a person would call it.
   *
   * @param others modules of the application
   */
  public List<String> rebinds(Collection<? extends Module> others) {
    Set<Key<?>> bound = keys(others);
    return keys(List.of(module)).stream().filter(bound::contains).map(PluginModule::name).toList();
  }

  /** What modules bind, sets and maps that anybody may add to left out. */
  private static Set<Key<?>> keys(Collection<? extends Module> modules) {
    Set<Key<?>> keys = new LinkedHashSet<>();
    for (Element element : Elements.getElements(modules)) {
      if (element instanceof Binding<?> binding && !isOfAMap(binding.getKey())) {
        keys.add(binding.getKey());
      }
    }
    return keys;
  }

  private static boolean isOfAMap(Key<?> key) {
    Class<? extends Annotation> annotation = key.getAnnotationType();
    Class<?> type = key.getTypeLiteral().getRawType();
    return Map.class.isAssignableFrom(type)
        || Collection.class.isAssignableFrom(type)
        || (annotation != null && annotation.getName().startsWith(MULTIBINDINGS));
  }

  private static String name(Key<?> key) {
    String type = key.getTypeLiteral().getRawType().getSimpleName();
    return key.getAnnotation() instanceof Named named ? type + " '" + named.value() + "'" : type;
  }
}
