package org.zepad.core.config;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;
import org.zepad.core.plugin.OptionInfo;
import org.zepad.core.plugin.OptionValues;
import org.zepad.core.plugin.PluginRegistry;

/**
 * Reads configuration records from YAML files and from single settings, which take precedence. A
 * record's components carry {@link Option}; nested records may be chosen by name alone.
 */
public final class ConfigReader {
  private final PluginRegistry registry;

  /**
   * A reader.
   *
   * @param registry checks the plugins and options that configurations choose
   */
  public ConfigReader(PluginRegistry registry) {
    this.registry = registry;
  }

  /**
   * Reads a configuration.
   *
   * @param type the record
   * @param file a YAML file, or null for the defaults
   * @param settings dotted kebab-case paths, such as {@code data.size}, to their values as text
   * @throws ZepadException of kind USAGE with every problem and its line
   */
  public <R extends Record> R read(
      Class<R> type, @Nullable Path file, Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    Node.Mapping root = file == null ? Node.Mapping.at("the defaults") : parse(file, problems);
    settings.forEach((path, value) -> set(root, path, value, problems));
    R config = new ConfigBinder(registry, problems).bind(type, root, "");
    if (config == null || !problems.isEmpty()) {
      problems.sort(Comparator.comparingInt(ConfigReader::line));
      String what = file == null ? "The configuration" : file.toString();
      throw ZepadException.usage(
          what
              + (problems.size() == 1
                  ? " has a problem:"
                  : " has " + problems.size() + " problems:")
              + "\n  "
              + String.join("\n  ", problems));
    }
    return config;
  }

  /** Every setting of a configuration by its dotted path, for help and command lines. */
  public static List<OptionInfo> settings(Class<? extends Record> type) {
    List<OptionInfo> infos = new ArrayList<>();
    collect(type, "", infos);
    return infos;
  }

  private static void collect(Class<? extends Record> type, String prefix, List<OptionInfo> infos) {
    ConfigBinder.components(type)
        .forEach(
            (key, component) -> {
              Option option = component.getAnnotation(Option.class);
              if (component.getType().isRecord()) {
                Class<? extends Record> nested = component.getType().asSubclass(Record.class);
                infos.add(
                    new OptionInfo(prefix + key, "text", option.defaultValue(), "", option.help()));
                collect(nested, prefix + key + ".", infos);
              } else if (ConfigBinder.elementRecord(component) != null) {
                infos.add(
                    new OptionInfo(prefix + key, "list", option.defaultValue(), "", option.help()));
              } else if (isValue(component) && !isShorthand(type, component, prefix)) {
                infos.add(
                    new OptionInfo(
                        prefix + key,
                        OptionValues.typeName(component),
                        option.defaultValue(),
                        OptionValues.range(component),
                        option.help()));
              }
            });
  }

  private static boolean isValue(RecordComponent component) {
    return component.getType() != Map.class && ConfigBinder.elementRecord(component) == null;
  }

  /** Whether a component is set by naming its record: {@code data} instead of {@code data.name}. */
  private static boolean isShorthand(
      Class<? extends Record> type, RecordComponent component, String prefix) {
    return !prefix.isEmpty()
        && component.getType() == String.class
        && type.getRecordComponents()[0].getName().equals(component.getName());
  }

  /** The element of a list that a setting names by its number from 0, or null. */
  private static @Nullable Node element(Node.Sequence list, String number) {
    return number.matches("\\d{1,4}") && Integer.parseInt(number) < list.elements().size()
        ? list.elements().get(Integer.parseInt(number))
        : null;
  }

  private static int line(String problem) {
    String[] words = problem.split("[ :]", 3);
    return words[0].equals("line") ? Integer.parseInt(words[1]) : Integer.MAX_VALUE;
  }

  private static Node.Mapping parse(Path file, List<String> problems) {
    try (Reader text = Files.newBufferedReader(file)) {
      return new YamlTree(problems).read(text);
    } catch (NoSuchFileException e) {
      throw new ZepadException(
          ZepadException.Kind.USAGE,
          "There is no configuration file " + file + "; check the path given with --config.",
          e);
    } catch (IOException e) {
      throw new ZepadException(
          ZepadException.Kind.USAGE, "The configuration file " + file + " cannot be read: " + e, e);
    }
  }

  private static void set(Node.Mapping root, String path, String value, List<String> problems) {
    String place = "the setting " + path;
    Node.Mapping at = root;
    String[] keys = path.split("\\.", -1);
    for (int i = 0; i < keys.length - 1; i++) {
      Node next = at.entries().get(keys[i]);
      if (next instanceof Node.Scalar scalar && scalar.plain() != null) {
        // A record that was written as its name alone: keep the name.
        Node.Mapping named = Node.Mapping.at(scalar.place());
        named.put("name", scalar.place(), scalar);
        next = named;
        at.put(keys[i], scalar.place(), next);
      } else if (next == null || next.plain() == null) {
        next = Node.Mapping.at(place);
        at.put(keys[i], place, next);
      }
      if (next instanceof Node.Sequence list && i < keys.length - 2) {
        next = element(list, keys[++i]);
      }
      if (!(next instanceof Node.Mapping mapping)) {
        problems.add(
            place + ": '" + keys[i] + "' is no element of a list whose elements have keys");
        return;
      }
      at = mapping;
    }
    String last = keys[keys.length - 1];
    if (at.entries().get(last) instanceof Node.Mapping record) {
      record.put("name", place, new Node.Scalar(place, value));
    } else {
      at.put(last, place, new Node.Scalar(place, value));
    }
  }
}
