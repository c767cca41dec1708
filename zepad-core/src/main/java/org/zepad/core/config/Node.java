package org.zepad.core.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a configuration with the place where it was written. */
sealed interface Node {

  /** Where, for messages: {@code line 3}, or {@code --set}. */
  String place();

  /** The value without its places: null, a scalar, a list or a map. */
  @Nullable Object plain();

  /** A text, number, truth value or nothing. */
  record Scalar(String place, @Nullable Object plain) implements Node {}

  /** A list. */
  record Sequence(String place, List<Node> elements) implements Node {
    @Override
    public List<@Nullable Object> plain() {
      List<@Nullable Object> list = new ArrayList<>();
      elements.forEach(element -> list.add(element.plain()));
      return list;
    }
  }

  /**
   * Keys and values.
   *
   * @param keyPlaces where each key was written
   */
  record Mapping(String place, Map<String, Node> entries, Map<String, String> keyPlaces)
      implements Node {

    /** An empty mapping that can be filled. */
    static Mapping at(String place) {
      return new Mapping(place, new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    /** Adds or replaces a value. */
    void put(String key, String keyPlace, Node value) {
      entries.put(key, value);
      keyPlaces.put(key, keyPlace);
    }

    @Override
    public Map<String, @Nullable Object> plain() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      entries.forEach((key, value) -> map.put(key, value.plain()));
      return map;
    }
  }
}
