package org.zepad.core.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.onnx.ModelInfo.InputForm;
import org.zepad.core.onnx.TinyBundle;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged manifest is read or refused. */
class BundleManifestFuzzTest {
  @TempDir Path temporary;

  @Test
  void manifest() throws IOException {
    Path folder = temporary.resolve("bundle");
    try (TinyBundle tiny = new TinyBundle(folder)) {
      tiny.export(InputForm.UINT8);
    }
    Path file = folder.resolve(BundleManifest.FILE);
    new ParserFuzz("bundle manifest", 64)
        .run(file, damaged -> Bundle.inspect(folder, Set.of()), Files.readAllBytes(file));
  }
}
