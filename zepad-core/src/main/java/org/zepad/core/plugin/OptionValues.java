package org.zepad.core.plugin;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Option;

/** Converts one value between its outer form (YAML, command line) and its Java type. */
public final class OptionValues {
  private OptionValues() {}

  /** The option's annotation. */
  static Option option(RecordComponent component) {
    return Objects.requireNonNull(
        component.getAnnotation(Option.class),
        () ->
            component.getDeclaringRecord().getName()
                + "."
                + component.getName()
                + " has no @Option");
  }

  /**
   * The Java value of an option.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  public static Object parse(RecordComponent component, @Nullable Object value) {
    Option option = option(component);
    if (!isList(component)) {
      return scalar(elementType(component), value, option);
    }
    List<?> elements;
    if (value instanceof List<?> list) {
      elements = list;
    } else if (value instanceof String text) {
      elements = text.isBlank() ? List.of() : Arrays.asList(text.split(",", -1));
    } else {
      elements = value == null ? List.of() : List.of(value);
    }
    return elements.stream().map(e -> scalar(elementType(component), e, option)).toList();
  }

  /** What YAML and the command line say for a Java value. */
  static Object outer(Object value) {
    if (value instanceof Enum<?> constant) {
      return Names.kebab(constant.name());
    }
    if (value instanceof Record nested) {
      return OptionsBinder.toMap(nested);
    }
    return value instanceof List<?> list ? list.stream().map(OptionValues::outer).toList() : value;
  }

  /** The type for a person, as {@link OptionInfo#type()}. */
  public static String typeName(RecordComponent component) {
    Class<?> type = elementType(component);
    String name;
    if (type == String.class) {
      name = option(component).oneOf().length > 0 ? "choice" : "text";
    } else {
      name = type.isEnum() ? "choice" : primitive(type).getSimpleName();
    }
    return isList(component) ? "list of " + name : name;
  }

  /** The range for a person, as {@link OptionInfo#range()}. */
  public static String range(RecordComponent component) {
    Class<?> type = elementType(component);
    Option option = option(component);
    if (type.isEnum()) {
      return choices(constants(type));
    }
    return type == String.class ? choices(List.of(option.oneOf())) : interval(type, option);
  }

  private static boolean isList(RecordComponent component) {
    return component.getType() == List.class;
  }

  private static Class<?> elementType(RecordComponent component) {
    Type type = component.getGenericType();
    Type element = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
    if (!(element instanceof Class<?> found)) {
      throw new IllegalStateException("cannot bind options of type " + type);
    }
    return found;
  }

  private static Object scalar(Class<?> type, @Nullable Object value, Option option) {
    String text = value == null ? "" : value.toString().trim();
    if (type == String.class) {
      if (value == null || value instanceof List || value instanceof Map) {
        throw new IllegalArgumentException("expected a text, got '" + text + "'");
      }
      if (option.oneOf().length > 0 && !List.of(option.oneOf()).contains(text)) {
        throw notOneOf(text, List.of(option.oneOf()));
      }
      return text;
    }
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(c -> Names.kebab(((Enum<?>) c).name()).equals(text))
          .findFirst()
          .orElseThrow(() -> notOneOf(text, constants(type)));
    }
    if (primitive(type) == boolean.class) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new IllegalArgumentException("expected true or false, got '" + text + "'");
      }
      return Boolean.valueOf(text);
    }
    return number(type, text, option);
  }

  private static Number number(Class<?> type, String text, Option option) {
    String wanted =
        (primitive(type) == double.class ? "a number" : "a whole number")
            + (interval(type, option).isEmpty() ? "" : " " + interval(type, option));
    try {
      Number number = exact(primitive(type), text);
      double size = number.doubleValue();
      if (size >= option.min() && size <= option.max()) {
        return number;
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("expected " + wanted + ", got '" + text + "'", e);
    }
    throw new IllegalArgumentException("expected " + wanted + ", got " + text);
  }

  private static Number exact(Class<?> type, String text) {
    if (type == int.class) {
      return new BigDecimal(text).intValueExact();
    }
    if (type == long.class) {
      return new BigDecimal(text).longValueExact();
    }
    if (type != double.class) {
      throw new IllegalStateException("cannot bind options of type " + type);
    }
    // Budgets are customarily written in steps of one grey level: 8/255.
    int slash = text.indexOf('/');
    return slash < 0
        ? Double.parseDouble(text)
        : Double.parseDouble(text.substring(0, slash))
            / Double.parseDouble(text.substring(slash + 1));
  }

  private static String interval(Class<?> type, Option option) {
    if (primitive(type) == boolean.class) {
      return "";
    }
    boolean below = option.min() > Double.NEGATIVE_INFINITY;
    boolean above = option.max() < Double.POSITIVE_INFINITY;
    if (below && above) {
      return "from " + plain(option.min()) + " to " + plain(option.max());
    }
    if (below) {
      return "at least " + plain(option.min());
    }
    return above ? "at most " + plain(option.max()) : "";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static IllegalArgumentException notOneOf(String text, List<String> choices) {
    return new IllegalArgumentException(
        "expected one of "
            + String.join(", ", choices)
            + ", got '"
            + text
            + "'"
            + Names.nearest(text, choices).map(n -> "; did you mean '" + n + "'?").orElse(""));
  }

  private static String choices(List<String> values) {
    return values.isEmpty() ? "" : "one of " + String.join(", ", values);
  }

  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(c -> Names.kebab(((Enum<?>) c).name()))
        .collect(Collectors.toUnmodifiableList());
  }

  private static Class<?> primitive(Class<?> type) {
    return MethodType.methodType(type).unwrap().returnType();
  }
}
