package org.zepad.core.plugin;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Option;
import org.zepad.api.ZepadException;

/**
 * Makes options records from what people write, and back. Outside, an option is a kebab-case key
 * with a text, number, truth value or list of these; a number with a point may be written as a
 * fraction ({@code 8/255}), a list as a comma-separated text. Absent options take the default of
 * their {@link Option}. Without state.
 */
public final class OptionsBinder {
  private OptionsBinder() {}

  /**
   * The options that a map says.
   *
   * @param owner whose options they are, for messages: {@code attack 'pgd'}
   * @param type the options record; exported, or opened to this module
   * @param values kebab-case keys to values
   * @throws ZepadException of kind USAGE with everything that is wrong, at once
   */
  public static <O extends Record> O bind(String owner, Class<O> type, Map<String, ?> values) {
    List<OptionProblem> problems = new ArrayList<>();
    O options = tryBind(owner, type, values, problems);
    if (options == null) {
      throw ZepadException.usage(
          problems.stream().map(OptionProblem::message).collect(Collectors.joining("\n")));
    }
    return options;
  }

  /**
   * As {@link #bind}, but adds what is wrong to a list, so that a file's problems can be told with
   * their lines.
   *
   * @return null when something was wrong
   */
  public static <O extends Record> @Nullable O tryBind(
      String owner, Class<O> type, Map<String, ?> values, List<OptionProblem> problems) {
    int before = problems.size();
    Map<String, RecordComponent> components = components(type);
    for (String key : values.keySet()) {
      if (!components.containsKey(key)) {
        problems.add(new OptionProblem(key, unknown(owner, key, components.keySet())));
      }
    }
    Object[] arguments = new Object[components.size()];
    int i = 0;
    for (Map.Entry<String, RecordComponent> entry : components.entrySet()) {
      String key = entry.getKey();
      boolean given = values.containsKey(key);
      Object value = given ? values.get(key) : OptionValues.option(entry.getValue()).defaultValue();
      try {
        arguments[i++] = OptionValues.parse(entry.getValue(), value);
      } catch (IllegalArgumentException e) {
        if (!given) {
          throw new IllegalStateException(
              "the default of option '" + key + "' of " + owner + " is wrong: " + e.getMessage(),
              e);
        }
        problems.add(
            new OptionProblem(key, "Option '" + key + "' of " + owner + ": " + e.getMessage()));
      }
    }
    return problems.size() > before ? null : construct(owner, type, arguments, problems);
  }

  /** The options of a record in their order, for help. */
  public static List<OptionInfo> describe(Class<? extends Record> type) {
    return components(type).entrySet().stream()
        .map(
            e -> {
              Option option = OptionValues.option(e.getValue());
              return new OptionInfo(
                  e.getKey(),
                  OptionValues.typeName(e.getValue()),
                  option.defaultValue(),
                  OptionValues.range(e.getValue()),
                  option.help());
            })
        .toList();
  }

  /** Every option of a record with its outer value, in order; {@link #bind} makes it again. */
  public static Map<String, Object> toMap(Record options) {
    Map<String, Object> map = new LinkedHashMap<>();
    components(options.getClass())
        .forEach((key, component) -> map.put(key, OptionValues.outer(read(options, component))));
    return map;
  }

  private static Map<String, RecordComponent> components(Class<? extends Record> type) {
    Map<String, RecordComponent> map = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      map.put(Names.kebab(component.getName()), component);
    }
    return map;
  }

  private static Object read(Record options, RecordComponent component) {
    try {
      component.getAccessor().trySetAccessible();
      return Objects.requireNonNull(component.getAccessor().invoke(options));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw unreachable(options.getClass(), e);
    }
  }

  private static <O extends Record> @Nullable O construct(
      String owner, Class<O> type, Object[] arguments, List<OptionProblem> problems) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<O> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        problems.add(
            new OptionProblem(
                "", "The options of " + owner + ": " + String.valueOf(refused.getMessage())));
        return null;
      }
      if (e.getCause() instanceof ZepadException refused) {
        problems.add(new OptionProblem("", String.valueOf(refused.getMessage())));
        return null;
      }
      throw new IllegalStateException("the options of " + owner + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw unreachable(type, e);
    }
  }

  private static IllegalStateException unreachable(Class<?> type, Exception cause) {
    return new IllegalStateException(
        type.getName()
            + " must be a public record in a package that "
            + type.getModule()
            + " exports, or opens to org.zepad.core",
        cause);
  }

  private static String unknown(String owner, String key, Iterable<String> known) {
    List<String> names = new ArrayList<>();
    known.forEach(names::add);
    if (names.isEmpty()) {
      return "There is no option '" + key + "': " + owner + " has no options; remove it.";
    }
    return "There is no option '"
        + key
        + "' of "
        + owner
        + Names.didYouMean(key, names)
        + " Its options are "
        + String.join(", ", names)
        + "; rename or remove it.";
  }
}
