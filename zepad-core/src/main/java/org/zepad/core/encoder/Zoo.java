package org.zepad.core.encoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.ssl.SslMethodProvider;
import org.zepad.core.io.AtomicFiles;
import org.zepad.core.io.Sha256;
import org.zepad.core.plugin.Names;
import org.zepad.core.plugin.PluginRegistry;

/**
 * The pre-trained encoders that come with plugins, at most one for each self-supervised method: the
 * resource {@code META-INF/zepad/zoo/METHOD.safetensors} of the method's jar, a file as {@link
 * EncoderFiles} writes it. Wherever an encoder's file is named, {@code zoo:METHOD} stands for it.
 */
public final class Zoo {
  /** What the name of an encoder of the zoo begins with. */
  public static final String PREFIX = "zoo:";

  private static final String FOLDER = "/META-INF/zepad/zoo/";
  private static final String ENDING = ".safetensors";

  private final PluginRegistry plugins;

  /** The encoders that these plugins bring. */
  public Zoo(PluginRegistry plugins) {
    this.plugins = plugins;
  }

  /** The names, without the prefix, of the encoders there are, sorted. */
  public List<String> names() {
    return plugins.sslMethods().keySet().stream().filter(this::has).sorted().toList();
  }

  /** What each of them is, by name, sorted. */
  public Map<String, EncoderInfo> encoders() {
    Map<String, EncoderInfo> infos = new LinkedHashMap<>();
    for (String name : names()) {
      Path file = file(PREFIX + name);
      infos.put(name, EncoderFiles.info(file).orElseThrow(() -> foreign(name)));
    }
    return infos;
  }

  /**
   * The file of an encoder.
   *
   * @param encoder a file's path, or {@code zoo:METHOD}; the latter is copied to the system's
   *     temporary folder, under a name that its content decides: the next process finds it there
   * @throws ZepadException of kind USAGE if the zoo has no such encoder, of kind ENVIRONMENT if
   *     there is no room for the copy
   */
  public Path file(String encoder) {
    if (!encoder.startsWith(PREFIX)) {
      return Path.of(encoder);
    }
    String name = encoder.substring(PREFIX.length());
    try (InputStream resource = open(name)) {
      if (resource == null) {
        List<String> known = names();
        throw ZepadException.usage(
            "There is no encoder '"
                + encoder
                + "' in the zoo of the installed plugins, which has "
                + (known.isEmpty() ? "none" : String.join(", ", known))
                + Names.didYouMean(name, known));
      }
      return copy(name, resource.readAllBytes());
    } catch (IOException e) {
      throw ZepadException.environment(
          "The encoder '" + encoder + "' cannot be read from its plugin: " + e, e);
    }
  }

  private static Path copy(String name, byte[] bytes) {
    String sha256 = Sha256.of(bytes);
    Path file =
        Path.of(System.getProperty("java.io.tmpdir"))
            .resolve("zepad-zoo-" + System.getProperty("user.name"))
            .resolve(sha256.substring(0, 16))
            .resolve(name + ENDING);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !Sha256.of(file).equals(sha256)) {
      AtomicFiles.write(file, out -> out.write(bytes));
    }
    return file;
  }

  private boolean has(String name) {
    SslMethodProvider<?> method = plugins.sslMethods().get(name);
    return method != null && method.getClass().getResource(FOLDER + name + ENDING) != null;
  }

  private @Nullable InputStream open(String name) {
    SslMethodProvider<?> method = plugins.sslMethods().get(name);
    // A folder whose name is no package's is not closed off by the module system.
    return method == null ? null : method.getClass().getResourceAsStream(FOLDER + name + ENDING);
  }

  private static ZepadException foreign(String name) {
    return ZepadException.input(
        "The zoo's encoder '" + name + "' was not written by this program; its plugin is broken");
  }
}
