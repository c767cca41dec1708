package org.zepad.core.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one YAML document into nodes with their lines. An alias stands for a copy of what its
 * anchor names; a document that would grow beyond all bounds by them is refused. Tags are not
 * followed.
 */
final class YamlTree {
  private static final int MOST_COPIES = 100_000;

  private final List<String> problems;
  private final Map<String, Node> anchors = new HashMap<>();
  private int copies;

  /**
   * @param problems where to put what is wrong
   */
  YamlTree(List<String> problems) {
    this.problems = problems;
  }

  /** The document's mapping; what is wrong with it is added to the problems. */
  Node.Mapping read(Reader text) throws IOException {
    Node.Mapping nothing = Node.Mapping.at("line 1");
    try (YAMLParser parser = new YAMLFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        return nothing;
      }
      Node root = node(parser);
      if (parser.nextToken() != null) {
        problems.add(place(parser) + ": expected one document, found another");
      }
      if (root instanceof Node.Mapping mapping) {
        return mapping;
      }
      if (root.plain() != null) {
        problems.add(root.place() + ": expected keys and values, such as 'epochs: 20'");
      }
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("damaged");
      problems.add("line " + e.getLocation().getLineNr() + ": not valid YAML: " + reason);
    }
    return nothing;
  }

  private Node node(YAMLParser parser) throws IOException {
    String place = place(parser);
    if (parser.isCurrentAlias()) {
      return alias(parser.getText(), place);
    }
    Object anchor = parser.getObjectId();
    Node node = node(parser, place);
    if (anchor != null) {
      anchors.put(anchor.toString(), node);
    }
    return node;
  }

  private Node alias(String name, String place) {
    Node node = anchors.get(name);
    if (node == null) {
      problems.add(
          place + ": nothing before this line is called &" + name + ", which *" + name + " means");
      return new Node.Scalar(place, null);
    }
    return copy(node, place);
  }

  /** Of its own, since settings from the command line change one place only. */
  private Node copy(Node node, String place) {
    if (++copies > MOST_COPIES) {
      if (copies == MOST_COPIES + 1) {
        problems.add(place + ": aliases blow this file up; repeat less");
      }
      return new Node.Scalar(place, null);
    }
    if (node instanceof Node.Sequence sequence) {
      return new Node.Sequence(
          sequence.place(), sequence.elements().stream().map(e -> copy(e, place)).toList());
    }
    if (node instanceof Node.Mapping mapping) {
      Node.Mapping copied = Node.Mapping.at(mapping.place());
      mapping
          .entries()
          .forEach(
              (key, value) ->
                  copied.put(
                      key,
                      mapping.keyPlaces().getOrDefault(key, mapping.place()),
                      copy(value, place)));
      return copied;
    }
    return node;
  }

  private Node node(YAMLParser parser, String place) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(parser, place);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Node> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(node(parser));
      }
      return new Node.Sequence(place, elements);
    }
    return new Node.Scalar(place, scalar(parser, token));
  }

  private Node mapping(YAMLParser parser, String place) throws IOException {
    Node.Mapping mapping = Node.Mapping.at(place);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String keyPlace = place(parser);
      parser.nextToken();
      Node value = node(parser);
      String before = mapping.keyPlaces().get(key);
      if (before != null) {
        problems.add(keyPlace + ": '" + key + "' is given already on " + before);
      }
      mapping.put(key, keyPlace, value);
    }
    return mapping;
  }

  private static @Nullable Object scalar(YAMLParser parser, @Nullable JsonToken token)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return token == JsonToken.VALUE_TRUE;
    }
    // Numbers stay as they were written: a name like 1e3 or 007 must not change on its way.
    return parser.getText();
  }

  private static String place(JsonParser parser) {
    return "line " + parser.currentTokenLocation().getLineNr();
  }
}
