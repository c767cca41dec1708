package org.zepad.datasets.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.zepad.core.testkit.ParserFuzz;

/** A damaged manifest is read or refused. */
class ManifestReaderFuzzTest {
  private static final String SOUND =
      "path,label,split,note\na,\"ape, \"\"great\"\"\",train,\u00e9\nb,bee,train,\n"
          + "\"a2\",\"ape, \"\"great\"\"\",test\nb2,bee,test,x\n";

  @TempDir Path folder;

  @Test
  void table() throws IOException {
    for (String name : new String[] {"a", "b", "a2", "b2"}) {
      Files.createFile(folder.resolve(name));
    }
    Path table = folder.resolve("manifest.csv");
    new ParserFuzz("manifest, CSV", 16)
        .run(
            table,
            damaged -> new ManifestReader(damaged, false).read().close(),
            SOUND.getBytes(StandardCharsets.UTF_8));
  }
}
