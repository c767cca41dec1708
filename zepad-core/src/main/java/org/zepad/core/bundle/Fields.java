package org.zepad.core.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.zepad.api.ZepadException;

/**
 * The fields of a JSON object, of the types that are expected; every mistake is a {@link
 * ZepadException} of kind INPUT that names the field.
 */
final class Fields {
  private final JsonNode node;
  private final String where;

  Fields(JsonNode node, String where) {
    this.node = node;
    this.where = where;
    if (!node.isObject()) {
      throw ZepadException.input(where + " must be a JSON object");
    }
  }

  /** Refuses fields of other names. */
  void allow(String... names) {
    Set<String> allowed = Set.of(names);
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!allowed.contains(field.getKey())) {
        throw ZepadException.input(
            where
                + " has an unknown field '"
                + field.getKey()
                + "'; its fields are "
                + String.join(", ", names));
      }
    }
  }

  JsonNode node(String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw ZepadException.input(where + " lacks the field '" + name + "'");
    }
    return value;
  }

  Fields object(String name) {
    return new Fields(node(name), where + ", field '" + name + "',");
  }

  String text(String name) {
    return text(node(name), name);
  }

  int integer(String name) {
    if (!node(name).isInt()) {
      throw wrong(name, "a whole number");
    }
    return node(name).intValue();
  }

  double number(String name) {
    JsonNode value = node(name);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw wrong(name, "a finite number");
    }
    return value.doubleValue();
  }

  OptionalDouble numberOrNull(String name) {
    return node(name).isNull() ? OptionalDouble.empty() : OptionalDouble.of(number(name));
  }

  List<Double> numbers(String name) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode value : array(name)) {
      if (!value.isNumber()) {
        throw wrong(name, "a list of numbers");
      }
      numbers.add(value.doubleValue());
    }
    return numbers;
  }

  /** A list of texts. */
  List<String> list(String name) {
    List<String> texts = new ArrayList<>();
    array(name).forEach(value -> texts.add(text(value, name)));
    return texts;
  }

  <T> List<T> list(String name, Function<Fields, T> reader) {
    List<T> list = new ArrayList<>();
    for (JsonNode value : array(name)) {
      list.add(reader.apply(new Fields(value, where + ", " + name + "[" + list.size() + "],")));
    }
    return list;
  }

  Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    if (!node(name).isObject()) {
      throw wrong(name, "an object of texts");
    }
    node(name)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), text(entry.getValue(), name)));
    return texts;
  }

  /** Makes a value that checks itself. */
  <T> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw ZepadException.input(where + " " + e.getMessage(), e);
    }
  }

  ZepadException wrong(String name, String expected) {
    return ZepadException.input(where + " expects " + expected + " in the field '" + name + "'");
  }

  private JsonNode array(String name) {
    if (!node(name).isArray()) {
      throw wrong(name, "a list");
    }
    return node(name);
  }

  private String text(JsonNode value, String name) {
    if (!value.isTextual()) {
      throw wrong(name, "text");
    }
    return value.textValue();
  }
}
