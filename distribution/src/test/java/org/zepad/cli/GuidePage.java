package org.zepad.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of the guide and what its code blocks hold. They are the one source of the examples, so
 * that the pages cannot rot.
 *
 * @param name of the page, and so of its plugin
 * @param sources of the plugin by class name
 * @param tests of the plugin by class name
 * @param resources of the plugin by path in the jar: lists of services
 * @param files by name, which lie beside the plugins
 * @param scripts for a shell, in their order
 * @param commands what follows {@code zepad}, in their order
 */
record GuidePage(
    String name,
    Map<String, String> sources,
    Map<String, String> tests,
    Map<String, String> resources,
    Map<String, String> files,
    List<String> scripts,
    List<List<String>> commands) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([\\w-]+)\\.md\\)");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);$");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)");
  private static final Pattern NAMED = Pattern.compile("# (\\S+)\\n(?s:.*)");

  /** The pages in the order in which the guide's first page names them. */
  static List<GuidePage> all(Path docs) throws IOException {
    List<GuidePage> pages = new ArrayList<>();
    Matcher link = LINK.matcher(Files.readString(docs.resolve("README.md")));
    while (link.find()) {
      pages.add(read(docs.resolve(link.group(1) + ".md")));
    }
    return pages;
  }

  private static GuidePage read(Path file) throws IOException {
    GuidePage page =
        new GuidePage(
            file.getFileName().toString().replace(".md", ""),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Matcher block = BLOCK.matcher(Files.readString(file));
    while (block.find()) {
      page.add(block.group(1), block.group(2));
    }
    return page;
  }

  private void add(String language, String text) {
    switch (language) {
      case "java" -> {
        String type = type(text);
        (type.endsWith("Test") ? tests : sources).put(type, text);
      }
      case "properties", "yaml" -> {
        Matcher named = NAMED.matcher(text);
        if (!named.matches()) {
          throw new IllegalStateException(name + ": a file needs its name in a first comment");
        }
        String path = named.group(1);
        boolean service = path.startsWith("META-INF/services/");
        // A manifest knows no comments.
        (service ? resources : files).put(path, text.substring(text.indexOf('\n') + 1));
      }
      case "sh" -> scripts.add(text);
      case "" ->
          text.lines()
              .filter(line -> line.startsWith("zepad "))
              .map(line -> Arrays.asList(line.substring(6).split("\\s+")))
              .forEach(commands::add);
      case "text" -> {}
      default -> throw new IllegalStateException(name + ": what is a block of " + language + "?");
    }
  }

  private String type(String text) {
    if (text.startsWith("module ")) {
      return "module-info";
    }
    Matcher home = PACKAGE.matcher(text);
    Matcher type = TYPE.matcher(text);
    if (!home.find() || !type.find()) {
      throw new IllegalStateException(name + ": a source needs a package and a type: " + text);
    }
    return home.group(1) + "." + type.group(1);
  }
}
