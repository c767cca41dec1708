package org.zepad.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.dataset.Download;
import org.zepad.core.fetch.Fetcher;
import org.zepad.core.plugin.PluginRegistry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches the official files of a data set. */
@Command(
    name = "fetch",
    description =
        "Download the official files of a data set, check and unpack them. A broken download goes"
            + " on where it stopped.",
    sortOptions = false)
final class DatasetsFetchCommand implements Runnable {
  private final GlobalOptions options;

  @Parameters(paramLabel = "NAME", description = "Name of the data set.")
  private String name = "";

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Folder on the web that has the same files, instead of the official site.")
  private @Nullable String mirror;

  @Option(
      names = "--into",
      paramLabel = "DIR",
      description = "Data folder that gets the files (default: that of --data).")
  private @Nullable Path into;

  DatasetsFetchCommand(GlobalOptions options) {
    this.options = options;
  }

  @Override
  public void run() {
    PluginRegistry registry = options.registry();
    DatasetProvider<?> provider = registry.dataset(name);
    List<Download> downloads = provider.downloads();
    Path root = into == null ? options.data() : into;
    if (downloads.isEmpty()) {
      throw ZepadException.usage(
          provider.origin().isEmpty()
              ? "Data set '" + name + "' needs no files."
              : "Data set '" + name + "' cannot be downloaded by a program. " + provider.origin());
    }
    Optional<URI> from = mirror(mirror);
    if (!isAtHand(registry, root)) {
      Fetcher fetcher = new Fetcher(root, from, options.progress());
      downloads.forEach(fetcher::fetch);
    }
    try (Dataset dataset = registry.openDataset(name, Map.of(), root)) {
      print(dataset, root);
    }
  }

  private boolean isAtHand(PluginRegistry registry, Path root) {
    try (Dataset dataset = registry.openDataset(name, Map.of(), root)) {
      return dataset.train().size() > 0;
    } catch (ZepadException e) {
      if (e.kind() != ZepadException.Kind.INPUT) {
        throw e;
      }
      return false;
    }
  }

  private static Optional<URI> mirror(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      URI address = new URI(text);
      if (address.getHost() != null
          && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
        return Optional.of(address);
      }
    } catch (URISyntaxException e) {
      throw noAddress(text);
    }
    throw noAddress(text);
  }

  private static ZepadException noAddress(String text) {
    return ZepadException.usage(
        "--mirror takes an address such as https://example.org/datasets, got '" + text + "'.");
  }

  private void print(Dataset dataset, Path root) {
    if (options.json()) {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("name", name);
      map.put("data", root.toString());
      map.put("train", dataset.train().size());
      map.put("test", dataset.test().size());
      map.put("classes", dataset.classes().size());
      options.out().println(Json.text(map));
      return;
    }
    options
        .out()
        .printf(
            "%s is at hand in %s: %d training and %d test images in %d classes%n",
            name, root, dataset.train().size(), dataset.test().size(), dataset.classes().size());
  }
}
