package org.zepad.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.api.Checkpoint;
import org.zepad.api.ZepadException;

class SafetensorsTest {
  @TempDir Path folder;
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Map<String, NDArray> everyType() {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    NDArray matrix = manager.create(new float[] {1, -2, 3.5f, 4, 5, 6}, new Shape(2, 3));
    tensors.put("z.transposed", matrix.transpose());
    tensors.put("a.float32", matrix);
    for (DataType type :
        List.of(
            DataType.FLOAT64,
            DataType.FLOAT16,
            DataType.INT64,
            DataType.INT32,
            DataType.INT8,
            DataType.BOOLEAN)) {
      tensors.put(type.name(), matrix.toType(type, true));
    }
    tensors.put("uint8", matrix.abs().toType(DataType.UINT8, true));
    tensors.put("scalar", manager.create(7L));
    tensors.put("empty", manager.create(new Shape(2, 0, 3)));
    return tensors;
  }

  @Test
  void whatWasWrittenIsReadInOrderWithItsTypes() {
    Path file = folder.resolve("made/t.safetensors");
    Map<String, NDArray> tensors = everyType();
    Safetensors.write(file, tensors, Map.of("k", "v \u00e9\n", "a", "b"));

    Safetensors.Contents read = Safetensors.read(file, manager);

    assertThat(read.metadata()).isEqualTo(Map.of("k", "v \u00e9\n", "a", "b"));
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, expected) -> {
          NDArray actual = read.tensors().get(name);
          assertThat(actual.getDataType()).as(name).isEqualTo(expected.getDataType());
          assertThat(actual.getShape()).as(name).isEqualTo(expected.getShape());
          assertThat(actual.toByteBuffer().equals(expected.toByteBuffer())).as(name).isTrue();
        });
  }

  @Test
  void theSameTensorsGiveTheSameBytes() throws IOException {
    Safetensors.write(folder.resolve("a"), everyType(), Map.of("k", "v", "l", "w"));
    Safetensors.write(folder.resolve("b"), everyType(), Map.of("l", "w", "k", "v"));
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
    assertThat(Sha256.of(folder.resolve("a"))).isEqualTo(Sha256.of(folder.resolve("b")));
    assertThat(Files.list(folder)).hasSize(2);
  }

  @Test
  void float16IsWidenedExactly() {
    NDArray all = manager.arange(0, 65536, 1, DataType.INT32).toType(DataType.FLOAT32, false);
    NDArray large = all.mul(2f).toType(DataType.FLOAT16, false);
    NDArray small = all.mul(-1e-9f).toType(DataType.FLOAT16, false);
    Path file = folder.resolve("half");
    Safetensors.write(file, Map.of("large", large, "small", small), Map.of());

    Map<String, NDArray> wide = Safetensors.readFloat32(file, manager).tensors();

    assertThat(wide.get("large").toFloatArray())
        .isEqualTo(large.toType(DataType.FLOAT32, false).toFloatArray());
    assertThat(wide.get("small").toFloatArray())
        .isEqualTo(small.toType(DataType.FLOAT32, false).toFloatArray());
  }

  @Test
  void aCheckpointComesBackAndAStrangerIsRefused() {
    Path file = folder.resolve("run/step.safetensors");
    Checkpoint checkpoint = new FolderCheckpoint(file);
    assertThat(checkpoint.load(manager)).isEmpty();
    checkpoint.save(3, Map.of("w", manager.ones(new Shape(2))), Map.of("epoch", "1"));
    checkpoint.save(4, Map.of("w", manager.zeros(new Shape(2))), Map.of("epoch", "2"));

    Checkpoint.Saved saved = checkpoint.load(manager).orElseThrow();
    assertThat(saved.step()).isEqualTo(4);
    assertThat(saved.values()).isEqualTo(Map.of("epoch", "2"));
    assertThat(saved.tensors().get("w").toFloatArray()).containsExactly(0, 0);

    Safetensors.write(file, Map.of(), Map.of());
    assertThatThrownBy(() -> checkpoint.load(manager))
        .isInstanceOf(ZepadException.class)
        .hasMessageContaining("step.safetensors");
  }
}
