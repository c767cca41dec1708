package org.zepad.cli;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.zepad.api.Progress;
import org.zepad.api.ZepadException;
import org.zepad.core.data.DecodedCache;
import org.zepad.core.pipeline.Settings;
import org.zepad.core.plugin.PluginRegistry;
import org.zepad.core.runtime.RuntimeOptions;
import org.zepad.core.runtime.RuntimeOptions.DeviceChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself, and what every command knows: output, plugins, seed, device, data. */
@Command(
    name = "zepad",
    description =
        "Hardens pre-trained vision encoders against downstream-agnostic adversarial examples.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    subcommands = {},
    sortOptions = false,
    footer = {"", "Exit codes: 0 done, 2 usage, 3 input data, 4 environment, 70 internal error."})
final class GlobalOptions implements Runnable {
  private static final Pattern DEVICE = Pattern.compile("cpu|(cuda)(?::(\\d{1,3}))?");

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean terminal;
  private final List<String> arguments;

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the result as JSON, and no progress.")
  private boolean json;

  @Option(
      names = "--seed",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "Seed of everything random (default: 1, or the configuration's).")
  private @Nullable Long seed;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      scope = ScopeType.INHERIT,
      description =
          "cpu, cuda or cuda:N (default: cpu; for exported models cuda where it can be had).")
  private @Nullable String device;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      scope = ScopeType.INHERIT,
      description = "Folder in which data sets are kept (default: data).")
  private Path data = Path.of("data");

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Folder that keeps decoded pictures for the next run, or none (default: zepad in the"
              + " user's cache folder).")
  private @Nullable String cache;

  @Option(
      names = "--cache-limit",
      paramLabel = "GIB",
      defaultValue = "10",
      scope = ScopeType.INHERIT,
      description = "Most that the cache may take, in GiB (default: 10).")
  private int cacheLimit = 10;

  @Option(
      names = "--plugin-path",
      paramLabel = "DIRS",
      hideParamSyntax = true,
      scope = ScopeType.INHERIT,
      split = "${sys:path.separator}",
      defaultValue = "${env:ZEPAD_PLUGINS}",
      description =
          "Folders of plugins beside the program's own, separated as paths are (default: what the"
              + " environment variable ZEPAD_PLUGINS says).")
  private List<Path> plugins = List.of();

  @Option(
      names = "--no-plugins",
      scope = ScopeType.INHERIT,
      description = "Look at no plugin folder.")
  private boolean noPlugins;

  @Option(
      names = "--profile",
      scope = ScopeType.INHERIT,
      description = "Print where the time of a pre-training went, waiting for data included.")
  private boolean profile;

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of any error.")
  private boolean stacktrace;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean version;

  @Spec private @Nullable CommandSpec spec;

  /**
   * The options before parsing.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @param terminal whether a person watches
   * @param arguments what was typed behind the program's name
   */
  GlobalOptions(PrintWriter out, PrintWriter err, boolean terminal, List<String> arguments) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "A command is missing.");
    }
  }

  /** What was typed behind the program's name. */
  List<String> arguments() {
    return arguments;
  }

  /** What was typed, so that it can be typed again. */
  private String command() {
    return arguments.stream()
        .map(
            word -> word.matches("[\\w./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "zepad ", ""));
  }

  /** What steps take from the command line. */
  Settings settings(long seedToUse) {
    return new Settings(seedToUse, device(), data(), progress(), cache(), command());
  }

  /** Where results go. */
  PrintWriter out() {
    return out;
  }

  /** Where progress and errors go. */
  PrintWriter err() {
    return err;
  }

  /** Whether the result is wanted as JSON. */
  boolean json() {
    return json;
  }

  /** Whether any error shows its stack trace. */
  boolean stacktrace() {
    return stacktrace;
  }

  /** The seed, or null when none was given. */
  @Nullable Long seed() {
    return seed;
  }

  /** The folder of data sets. */
  Path data() {
    return data;
  }

  /** Where decoded pictures are kept, if anywhere. */
  Optional<DecodedCache> cache() {
    Ranges.check("--cache-limit", cacheLimit, 0, 1 << 20);
    if ("none".equals(cache)) {
      return Optional.empty();
    }
    Optional<Path> folder =
        cache == null
            ? CacheFolder.standard(
                System.getenv(), System.getProperty("os.name"), System.getProperty("user.home"))
            : Optional.of(Path.of(cache));
    return folder.map(f -> new DecodedCache(f, (long) cacheLimit << 30));
  }

  /**
   * Where exported models run.
   *
   * @param threads how many compute on a CPU; 0: one for each core
   */
  RuntimeOptions runtime(int threads) {
    int number = cuda();
    DeviceChoice choice =
        device == null ? DeviceChoice.AUTO : number < 0 ? DeviceChoice.CPU : DeviceChoice.CUDA;
    return new RuntimeOptions(choice, Math.max(0, number), threads);
  }

  /** The number of the CUDA device that is asked for, or -1 if none is. */
  private int cuda() {
    if (device == null) {
      return -1;
    }
    Matcher matcher = DEVICE.matcher(device);
    if (!matcher.matches()) {
      throw ZepadException.usage(
          "There is no device '" + device + "'; --device takes cpu, cuda or cuda:N.");
    }
    if (matcher.group(1) == null) {
      return -1;
    }
    return matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
  }

  /** The device to compute on. */
  Device device() {
    int number = cuda();
    if (number < 0) {
      return Device.cpu();
    }
    int count = CudaUtils.getGpuCount();
    if (number >= count) {
      throw ZepadException.environment(
          "Device '"
              + device
              + "' is not there: this machine has "
              + count
              + " usable CUDA device(s). Use --device cpu, or check the driver.",
          null);
    }
    return Device.gpu(number);
  }

  /** Progress for a person on the error stream; none with {@code --json}. */
  Progress progress() {
    Progress shown = json ? Progress.silent() : new ProgressBar(err, terminal);
    return profile ? new ProfiledProgress(shown, err) : shown;
  }

  /** The plugins of the program and of the plugin folder; broken ones are told on the way. */
  PluginRegistry registry() {
    return registry(List.of());
  }

  /** The plugins, and those of jars or folders that are named one by one. */
  PluginRegistry registry(List<Path> more) {
    PluginRegistry registry = PluginRegistry.open(folders(), more);
    registry.broken().forEach(plugin -> err.println("warning: " + plugin.message()));
    return registry;
  }

  private List<Path> folders() {
    if (noPlugins) {
      return List.of();
    }
    List<Path> folders = new ArrayList<>();
    String home = System.getProperty("zepad.home");
    Path own = home == null ? null : Path.of(home, "plugins");
    if (own != null && Files.isDirectory(own)) {
      folders.add(own);
    }
    folders.addAll(plugins);
    return folders;
  }
}
