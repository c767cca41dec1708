package org.zepad.core.io;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;

/** Parses the header of a safetensors file token by token, and checks all that it claims. */
final class SafetensorsHeaderReader {
  /** Headers of the largest public encoders are below one MiB. */
  private static final long MAX_HEADER = 16L << 20;

  private static final int MAX_RANK = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Path file;
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String name, ElementType type, Shape shape, long start, long end) {}

  private record Tensor(FileRange range, ElementType type, Shape shape) implements StoredTensor {
    @Override
    public ByteBuffer read() {
      return range.read(0, range.length());
    }
  }

  private SafetensorsHeaderReader(Path file) {
    this.file = file;
  }

  static Safetensors.Header read(Path file) {
    return new SafetensorsHeaderReader(file).read();
  }

  private Safetensors.Header read() {
    long size = size();
    if (size < 8) {
      throw bad("it has " + size + " bytes, too few for a safetensors file");
    }
    long headerLength = new FileRange(file, 0, 8).read(0, 8).getLong();
    if (headerLength < 2 || headerLength > size - 8 || headerLength > MAX_HEADER) {
      throw bad(
          "it claims a header of "
              + Long.toUnsignedString(headerLength)
              + " bytes, the file has "
              + size);
    }
    ByteBuffer header = new FileRange(file, 8, headerLength).read(0, headerLength);
    String text;
    try {
      // The parser would guess UTF-16 and UTF-32 too; the format is UTF-8 alone.
      text = StandardCharsets.UTF_8.newDecoder().decode(header).toString();
    } catch (CharacterCodingException e) {
      throw ZepadException.input(file + ": its header is not UTF-8 text", e);
    }
    if (text.charAt(0) != '{') {
      throw bad("its header is not a JSON object");
    }
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      parse(json);
      if (json.nextToken() != null) {
        throw bad("its header goes on after the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw ZepadException.input(
          file + ": its header is not the JSON of a safetensors file: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
    return new Safetensors.Header(
        file, tensors(8 + headerLength, size - 8 - headerLength), metadata);
  }

  private long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw ZepadException.input(file + ": cannot be read: " + Failures.reason(e), e);
    }
  }

  private void parse(JsonParser json) throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      expect(json.nextToken(), JsonToken.START_OBJECT, name);
      if (name.equals("__metadata__")) {
        parseMetadata(json);
      } else {
        entries.add(parseTensor(name, json));
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, "the header");
  }

  private void parseMetadata(JsonParser json) throws IOException {
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      expect(json.nextToken(), JsonToken.VALUE_STRING, "metadata '" + key + "'");
      metadata.put(key, json.getText());
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, "the metadata");
  }

  private Entry parseTensor(String name, JsonParser json) throws IOException {
    ElementType type = null;
    long[] shape = null;
    long[] offsets = null;
    for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
      json.nextToken();
      switch (key) {
        case "dtype" -> type = type(name, json);
        case "shape" -> shape = numbers(name, json);
        case "data_offsets" -> offsets = numbers(name, json);
        default -> throw bad("tensor '" + name + "' has the unknown property '" + key + "'");
      }
    }
    expect(json.currentToken(), JsonToken.END_OBJECT, name);
    return entry(name, type, shape, offsets);
  }

  private Entry entry(
      String name, @Nullable ElementType type, long @Nullable [] shape, long @Nullable [] offsets) {
    if (type == null || shape == null || offsets == null || offsets.length != 2) {
      throw bad("tensor '" + name + "' lacks its dtype, its shape or its two data_offsets");
    }
    long bytes;
    try {
      long elements = 1;
      for (long dimension : shape) {
        elements = Math.multiplyExact(elements, dimension);
      }
      bytes = Math.multiplyExact(elements, (long) type.bytes());
    } catch (ArithmeticException e) {
      throw ZepadException.input(
          file + ": tensor '" + name + "' has more elements than can be counted", e);
    }
    if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != bytes) {
      throw bad(
          "tensor '"
              + name
              + "' needs "
              + bytes
              + " bytes, its range is "
              + offsets[0]
              + " to "
              + offsets[1]);
    }
    if (bytes > Integer.MAX_VALUE - 16) {
      throw bad("tensor '" + name + "' has more than 2 GiB");
    }
    return new Entry(name, type, new Shape(shape), offsets[0], offsets[1]);
  }

  private ElementType type(String name, JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.VALUE_STRING, name);
    String type = json.getText();
    return ElementType.ofSafetensors(type)
        .orElseThrow(() -> bad("tensor '" + name + "' has the unsupported type " + type));
  }

  private long[] numbers(String name, JsonParser json) throws IOException {
    expect(json.currentToken(), JsonToken.START_ARRAY, name);
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
      long number = json.getLongValue();
      if (number < 0 || numbers.size() == MAX_RANK) {
        throw bad("tensor '" + name + "' has a negative number, or too many dimensions");
      }
      numbers.add(number);
    }
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /** Sorts by place, and checks that the data are covered without overlap and without holes. */
  private Map<String, StoredTensor> tensors(long dataStart, long dataLength) {
    entries.sort(Comparator.comparingLong(Entry::start).thenComparingLong(Entry::end));
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    long position = 0;
    for (Entry entry : entries) {
      if (entry.start() != position) {
        throw bad(
            "tensor '"
                + entry.name()
                + "' starts at byte "
                + entry.start()
                + (entry.start() < position
                    ? " and overlaps the one before, which ends at "
                    : ", after a hole from ")
                + position);
      }
      if (entry.end() > dataLength) {
        throw bad(
            "tensor '"
                + entry.name()
                + "' ends at byte "
                + entry.end()
                + ", the data have "
                + dataLength);
      }
      position = entry.end();
      tensors.put(
          entry.name(),
          new Tensor(
              new FileRange(file, dataStart + entry.start(), entry.end() - entry.start()),
              entry.type(),
              entry.shape()));
    }
    if (position != dataLength) {
      throw bad("there are " + (dataLength - position) + " bytes after the last tensor");
    }
    return tensors;
  }

  private void expect(@Nullable JsonToken actual, JsonToken expected, String where) {
    if (actual != expected) {
      throw bad("its header has " + actual + " where " + expected + " is expected, at " + where);
    }
  }

  private ZepadException bad(String reason) {
    return ZepadException.input(file + ": " + reason);
  }
}
