package org.zepad.core.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ONNX Runtime must not report to anybody what it is used for. */
class NoTelemetryTest {
  private static final String FOLDER = "/ai/onnxruntime/native/";

  @Test
  void theLibrariesKnowNobodyToReportTo() throws IOException {
    int seen = 0;
    for (String library :
        List.of(
            "linux-x64/libonnxruntime.so",
            "linux-aarch64/libonnxruntime.so",
            "osx-aarch64/libonnxruntime.dylib",
            "win-x64/onnxruntime.dll")) {
      try (InputStream in = OrtEnvironment.class.getResourceAsStream(FOLDER + library)) {
        if (in != null) {
          seen++;
          String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
          assertThat(bytes.contains("events.data.microsoft.com")).as(library).isFalse();
        }
      }
    }
    assertThat(seen).isPositive();
  }
}
