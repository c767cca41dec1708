package org.zepad.core.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.zepad.api.RunContext;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.core.io.Safetensors;
import org.zepad.core.plugin.PluginRegistry;

/**
 * An encoder as one safetensors file: the weights as {@code backbone.NAME}, and what it is as JSON
 * in the metadata, so that a file needs nothing beside it.
 */
public final class EncoderFiles {
  /** The metadata entry that holds the {@link EncoderInfo}. */
  public static final String METADATA = "zepad.encoder";

  private static final String PREFIX = "backbone.";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private EncoderFiles() {}

  /** Writes an encoder atomically. The same encoder gives the same bytes. */
  public static void save(Encoder encoder, Path file) {
    save(encoder, file, DataType.FLOAT32);
  }

  /**
   * The same with numbers of half the size, rounded to the nearest.
   *
   * @throws ZepadException of kind USAGE if a number is too great for them (above 65504)
   */
  public static void saveHalf(Encoder encoder, Path file) {
    save(encoder, file, DataType.FLOAT16);
  }

  private static void save(Encoder encoder, Path file, DataType type) {
    try (NDManager scope = encoder.state().manager().newSubManager()) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      encoder
          .state()
          .tensors()
          .forEach((name, tensor) -> tensors.put(PREFIX + name, as(type, name, tensor, scope)));
      Safetensors.write(file, tensors, Map.of(METADATA, json(encoder.info())));
    }
  }

  private static NDArray as(DataType type, String name, NDArray tensor, NDManager scope) {
    if (tensor.getDataType() != DataType.FLOAT32 || type == DataType.FLOAT32) {
      return tensor;
    }
    NDArray rounded = tensor.toType(type, true);
    rounded.attach(scope);
    try (NDArray back = rounded.toType(DataType.FLOAT32, true);
        NDArray sum = back.sum()) {
      if (!Float.isFinite(sum.getFloat())) {
        throw ZepadException.usage(
            "the tensor " + name + " has numbers that float16 cannot hold; write float32");
      }
    }
    return rounded;
  }

  /**
   * What an encoder file says of itself, without reading its tensors.
   *
   * @return empty if the file was not written by {@link #save}
   * @throws ZepadException of kind INPUT if the file is damaged
   */
  public static Optional<EncoderInfo> info(Path file) {
    String text = Safetensors.readHeader(file).metadata().get(METADATA);
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(text, EncoderInfo.class));
    } catch (JsonProcessingException e) {
      throw ZepadException.input(
          file + ": the metadata entry " + METADATA + " is damaged: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads an encoder that {@link #save} wrote. What the file says of itself is compared with what
   * it holds before anything is made of it.
   *
   * @param plugins where its backbone comes from
   * @param context owner of its tensors
   * @throws ZepadException of kind INPUT if the file is damaged, is no encoder of ours, or its
   *     tensors are not those of its backbone
   */
  public static Encoder load(Path file, PluginRegistry plugins, RunContext context) {
    EncoderInfo info =
        info(file)
            .orElseThrow(
                () ->
                    ZepadException.input(
                        file
                            + " has no metadata entry "
                            + METADATA
                            + ": it is no encoder of ours"));
    requireShapes(file, plugins.backboneShapes(info.backbone(), info.backboneOptions()));
    BackboneEncoder encoder = new BackboneEncoder(info, plugins::createBackbone, context);
    try (NDManager scope = context.manager().newSubManager()) {
      Map<String, NDArray> tensors = new LinkedHashMap<>();
      Safetensors.readFloat32(file, scope)
          .tensors()
          .forEach(
              (name, tensor) ->
                  tensors.put(
                      name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name, tensor));
      encoder.state().load(tensors);
    } catch (IllegalArgumentException e) {
      encoder.close();
      throw ZepadException.input(
          file + " does not fit its backbone '" + info.backbone() + "': " + e.getMessage(), e);
    }
    return encoder;
  }

  private static void requireShapes(Path file, Map<String, Shape> expected) {
    Map<String, Shape> found = new TreeMap<>();
    Safetensors.readHeader(file)
        .tensors()
        .forEach((name, tensor) -> found.put(name, tensor.shape()));
    Map<String, Shape> wanted = new TreeMap<>();
    expected.forEach((name, shape) -> wanted.put(PREFIX + name, shape));
    if (!found.equals(wanted)) {
      String difference =
          Stream.concat(wanted.keySet().stream(), found.keySet().stream())
              .distinct()
              .filter(name -> !Objects.equals(found.get(name), wanted.get(name)))
              .limit(5)
              .map(name -> name + ": " + found.get(name) + " instead of " + wanted.get(name))
              .collect(Collectors.joining("; "));
      throw ZepadException.input(
          file + " does not hold the backbone that it names; " + difference + ". Make it anew.");
    }
  }

  private static String json(EncoderInfo info) {
    try {
      return JSON.writeValueAsString(info);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
