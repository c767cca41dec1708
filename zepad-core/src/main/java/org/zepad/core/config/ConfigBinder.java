package org.zepad.core.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;
import org.zepad.core.plugin.Names;
import org.zepad.core.plugin.OptionProblem;
import org.zepad.core.plugin.OptionValues;
import org.zepad.core.plugin.PluginKind;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Binds nodes to records. A component is a value as in plugin options, another record, a list of
 * records, or a free map. A record that begins with a name may be written as that name alone.
 */
final class ConfigBinder {
  private final PluginRegistry registry;
  private final List<String> problems;

  /**
   * @param registry checks the plugins that a configuration chooses
   * @param problems where to put what is wrong
   */
  ConfigBinder(PluginRegistry registry, List<String> problems) {
    this.registry = registry;
    this.problems = problems;
  }

  /** The record that a node says, or null when that is not possible; problems are added. */
  <R extends Record> @Nullable R bind(Class<R> type, Node node, String path) {
    Node.Mapping mapping = asMapping(type, node, path);
    if (mapping == null) {
      return null;
    }
    Map<String, RecordComponent> components = components(type);
    mapping
        .keyPlaces()
        .forEach(
            (key, place) -> {
              if (!components.containsKey(key)) {
                problems.add(place + ": " + unknown(path, key, components));
              }
            });
    @Nullable Object[] arguments = new @Nullable Object[components.size()];
    boolean complete = true;
    int i = 0;
    for (Map.Entry<String, RecordComponent> entry : components.entrySet()) {
      Node value = mapping.entries().get(entry.getKey());
      String name = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
      Object argument = component(entry.getValue(), value, name);
      arguments[i++] = argument;
      complete &= argument != null;
    }
    return complete ? construct(type, arguments, node.place(), path) : null;
  }

  private @Nullable Object component(RecordComponent component, @Nullable Node given, String name) {
    Option option = component.getAnnotation(Option.class);
    Node node =
        given != null
            ? given
            : new Node.Scalar("the default", Objects.requireNonNull(option).defaultValue());
    Class<?> type = component.getType();
    if (type.isRecord()) {
      nameByDefault(type, node, Objects.requireNonNull(option).defaultValue());
      Object bound = bind(type.asSubclass(Record.class), node, name);
      PluginOf plugin = component.getAnnotation(PluginOf.class);
      if (plugin != null && bound != null) {
        checkPlugin(plugin.value(), node, name, given != null);
      }
      return bound;
    }
    if (type == Map.class) {
      return map(node, name);
    }
    Class<?> element = elementRecord(component);
    if (element != null) {
      return list(element.asSubclass(Record.class), node, name);
    }
    try {
      return OptionValues.parse(component, node.plain());
    } catch (IllegalArgumentException e) {
      problems.add(node.place() + ": '" + name + "': " + e.getMessage());
      return null;
    }
  }

  /** Options without a name are those of the plugin that would be chosen without them. */
  private static void nameByDefault(Class<?> type, Node node, String defaultName) {
    String first = Names.kebab(type.getRecordComponents()[0].getName());
    if (node instanceof Node.Mapping mapping
        && !defaultName.isEmpty()
        && !mapping.entries().containsKey(first)) {
      mapping.put(first, node.place(), new Node.Scalar("the default", defaultName));
    }
  }

  private Node.@Nullable Mapping asMapping(Class<?> type, Node node, String path) {
    if (node instanceof Node.Mapping mapping) {
      return mapping;
    }
    if (node.plain() == null || "".equals(node.plain())) {
      return Node.Mapping.at(node.place());
    }
    RecordComponent first = type.getRecordComponents()[0];
    if (node instanceof Node.Scalar && first.getType() == String.class) {
      Node.Mapping mapping = Node.Mapping.at(node.place());
      mapping.put(Names.kebab(first.getName()), node.place(), node);
      return mapping;
    }
    problems.add(
        node.place()
            + ": '"
            + path
            + "': expected keys out of "
            + String.join(", ", components(type.asSubclass(Record.class)).keySet()));
    return null;
  }

  private @Nullable Map<String, Object> map(Node node, String name) {
    if (node instanceof Node.Mapping mapping) {
      Map<String, Object> values = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach(
              (key, value) -> {
                Object plain = value.plain();
                values.put(key, plain == null ? "" : plain);
              });
      return values;
    }
    if (node.plain() == null || "".equals(node.plain())) {
      return Map.of();
    }
    problems.add(node.place() + ": '" + name + "': expected keys and values");
    return null;
  }

  private @Nullable List<Record> list(Class<? extends Record> element, Node node, String name) {
    List<Record> records = new ArrayList<>();
    if (node instanceof Node.Sequence sequence) {
      boolean complete = true;
      for (int i = 0; i < sequence.elements().size(); i++) {
        Record record = bind(element, sequence.elements().get(i), name + "[" + i + "]");
        complete &= record != null;
        if (record != null) {
          records.add(record);
        }
      }
      return complete ? List.copyOf(records) : null;
    }
    if (node.plain() == null || "".equals(node.plain())) {
      return List.of();
    }
    problems.add(node.place() + ": '" + name + "': expected a list, each element after '- '");
    return null;
  }

  private void checkPlugin(PluginKind kind, Node node, String name, boolean given) {
    Node.Mapping mapping = node instanceof Node.Mapping m ? m : Node.Mapping.at(node.place());
    Node chosen = mapping == node ? mapping.entries().get("name") : node;
    // A default is not to blame for what is missing here: whoever needs the plugin says so.
    if (!given || chosen == null || chosen.plain() == null) {
      return;
    }
    Node options = mapping.entries().get("options");
    Map<String, Object> values =
        options instanceof Node.Mapping given2
            ? Objects.requireNonNull(map(given2, name))
            : Map.of();
    String plugin = chosen.plain().toString();
    try {
      registry.provider(kind, plugin);
    } catch (ZepadException e) {
      problems.add(chosen.place() + ": " + e.getMessage());
      return;
    }
    for (OptionProblem problem : registry.check(kind, plugin, values)) {
      String place =
          options instanceof Node.Mapping at
              ? at.keyPlaces().getOrDefault(problem.key(), at.place())
              : node.place();
      problems.add(place + ": " + problem.message());
    }
  }

  private <R extends Record> @Nullable R construct(
      Class<R> type, @Nullable Object[] arguments, String place, String path) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException
          || e.getCause() instanceof ZepadException) {
        String where = path.isEmpty() ? "" : "'" + path + "': ";
        problems.add(place + ": " + where + e.getCause().getMessage());
        return null;
      }
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  private static String unknown(String path, String key, Map<String, RecordComponent> components) {
    return "there is no '"
        + key
        + "'"
        + (path.isEmpty() ? "" : " in '" + path + "'")
        + Names.didYouMean(key, components.keySet())
        + " Known here: "
        + String.join(", ", components.keySet());
  }

  /** The components of a record by kebab name, in order. */
  static Map<String, RecordComponent> components(Class<? extends Record> type) {
    Map<String, RecordComponent> map = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      map.put(Names.kebab(component.getName()), component);
    }
    return map;
  }

  /** The record type of a list's elements, or null when the component is no list of records. */
  static @Nullable Class<?> elementRecord(RecordComponent component) {
    return component.getType() == List.class
            && component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] instanceof Class<?> element
            && element.isRecord()
        ? element
        : null;
  }
}
