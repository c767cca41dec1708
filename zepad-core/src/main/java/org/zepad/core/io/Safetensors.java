package org.zepad.core.io;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.zepad.api.ZepadException;

/**
 * Reads and writes safetensors files: 8 bytes of header length, a JSON header, the tensors.
 *
 * <p>Reading is strict, as the format's definition demands: the ranges of the tensors cover the
 * data exactly, without overlap and without holes, and agree with shape and type. Writing is
 * deterministic: the same tensors and metadata give the same bytes.
 */
public final class Safetensors {
  private static final JsonMapper JSON = new JsonMapper();

  /** Tensors start at multiples of this, and so do their values, which readers may map. */
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * An opened safetensors file.
   *
   * @param file where it lies
   * @param tensors the tensors by name, in the order of their data
   * @param metadata the text metadata, in order; empty if there is none
   */
  public record Header(Path file, Map<String, StoredTensor> tensors, Map<String, String> metadata)
      implements TensorFile {
    public Header {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    @Override
    public String format() {
      return "safetensors";
    }

    @Override
    public Map<String, Object> facts() {
      return Collections.unmodifiableMap(metadata);
    }
  }

  /**
   * What a safetensors file holds.
   *
   * @param tensors the tensors by name, in the order of their data
   * @param metadata the text metadata
   */
  public record Contents(Map<String, NDArray> tensors, Map<String, String> metadata) {
    public Contents {
      tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
      metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
  }

  /**
   * Opens and checks a file without reading its tensors.
   *
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static Header readHeader(Path file) {
    return SafetensorsHeaderReader.read(file);
  }

  /**
   * Reads all tensors with the types they have in the file; bfloat16 and int16, which the engine
   * lacks, are widened exactly (see {@link StoredTensor#read(NDManager)}).
   *
   * @param manager the owner of the tensors
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static Contents read(Path file, NDManager manager) {
    Header header = readHeader(file);
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    header.tensors().forEach((name, tensor) -> tensors.put(name, tensor.read(manager)));
    return new Contents(tensors, header.metadata());
  }

  /**
   * Reads all tensors; half precision is widened to float32 exactly, float64 rounded to it.
   *
   * @param manager the owner of the tensors
   * @throws ZepadException of kind INPUT, naming the file and what is wrong with it
   */
  public static Contents readFloat32(Path file, NDManager manager) {
    Header header = readHeader(file);
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    header.tensors().forEach((name, tensor) -> tensors.put(name, tensor.readFloat32(manager)));
    return new Contents(tensors, header.metadata());
  }

  /**
   * Writes a file atomically; see {@link AtomicFiles#write}. Tensors lie in the map's order,
   * metadata are sorted.
   *
   * @throws ZepadException of kind ENVIRONMENT if it cannot be written, of kind USAGE if a tensor
   *     has a type that the format does not know
   */
  public static void write(Path file, Map<String, NDArray> tensors, Map<String, String> metadata) {
    byte[] header = header(tensors, metadata);
    AtomicFiles.write(
        file,
        out -> {
          writeHeader(out, header);
          for (NDArray tensor : tensors.values()) {
            writeBytes(out, TensorBytes.bytes(tensor));
          }
        });
  }

  private static byte[] header(Map<String, NDArray> tensors, Map<String, String> metadata) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, NDArray> entry : tensors.entrySet()) {
        NDArray tensor = entry.getValue();
        ElementType type = TensorBytes.typeOf(entry.getKey(), tensor);
        long end = offset + tensor.size() * type.bytes();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", type.name());
        json.writeFieldName("shape");
        json.writeArray(tensor.getShape().getShape(), 0, tensor.getShape().dimension());
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void writeHeader(OutputStream out, byte[] header) throws IOException {
    int padding = (ALIGNMENT - header.length % ALIGNMENT) % ALIGNMENT;
    out.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length + padding)
            .array());
    out.write(header);
    out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
  }

  private static void writeBytes(OutputStream out, ByteBuffer bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    while (bytes.hasRemaining()) {
      int n = Math.min(chunk.length, bytes.remaining());
      bytes.get(chunk, 0, n);
      out.write(chunk, 0, n);
    }
  }
}
