package org.zepad.compatibility;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the code of others can name in an api: public types, and their public and protected members.
 *
 * @param types by name: the declaration of the type, and of each of its members
 */
record ApiSignatures(SortedMap<String, SortedSet<String>> types) {
  private static final String INDENT = "  ";

  /** Of the packages that a module exports to everybody, from its folder of classes. */
  static ApiSignatures ofModule(Path classes) throws IOException {
    ModuleDescriptor module =
        ModuleFinder.of(classes).findAll().stream().findFirst().orElseThrow().descriptor();
    SortedMap<String, SortedSet<String>> types = new TreeMap<>();
    for (ModuleDescriptor.Exports exported : module.exports()) {
      if (exported.isQualified()) {
        continue;
      }
      try (Stream<Path> files = Files.list(classes.resolve(exported.source().replace('.', '/')))) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(".class") && !name.equals("package-info.class"))
            .map(name -> load(exported.source() + "." + name.replace(".class", "")))
            .filter(ApiSignatures::isVisible)
            .forEach(type -> types.put(type.getName(), of(type)));
      }
    }
    return new ApiSignatures(types);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiSignatures.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isVisible(type.getModifiers()) && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  /** The declarations of a type and of its own members. */
  static SortedSet<String> of(Class<?> type) {
    SortedSet<String> signatures = new TreeSet<>(Set.of(declaration(type)));
    members(type.getDeclaredFields()).map(Field::toGenericString).forEach(signatures::add);
    members(type.getDeclaredConstructors())
        .map(Constructor::toGenericString)
        .forEach(signatures::add);
    members(type.getDeclaredMethods()).map(ApiSignatures::signature).forEach(signatures::add);
    return signatures;
  }

  private static <M extends Member> Stream<M> members(M[] declared) {
    return Arrays.stream(declared)
        .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic());
  }

  private static String declaration(Class<?> type) {
    String supertypes =
        Stream.concat(
                Stream.ofNullable(type.getGenericSuperclass()),
                Arrays.stream(type.getGenericInterfaces()))
            .map(Type::getTypeName)
            .collect(Collectors.joining(", "));
    return type.toGenericString() + (supertypes.isEmpty() ? "" : " is " + supertypes);
  }

  /** An element of an annotation that has a default may be left out. */
  private static String signature(Method method) {
    return method.toGenericString() + (method.getDefaultValue() == null ? "" : " default");
  }

  /** As it is committed: the name of a type, and indented what belongs to it. */
  String text() {
    return types.entrySet().stream()
        .map(
            type ->
                type.getKey()
                    + "\n"
                    + type.getValue().stream()
                        .map(signature -> INDENT + signature + "\n")
                        .collect(Collectors.joining()))
        .collect(Collectors.joining());
  }

  /** The reverse of {@link #text}. */
  static ApiSignatures parse(String text) {
    SortedMap<String, SortedSet<String>> types = new TreeMap<>();
    SortedSet<String> last = new TreeSet<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith(INDENT)) {
        last.add(line.strip());
      } else {
        last = types.computeIfAbsent(line, type -> new TreeSet<>());
      }
    }
    return new ApiSignatures(types);
  }

  /** What is declared here and not there, as lines; of a type that is not there, everything. */
  Stream<Map.Entry<String, String>> without(ApiSignatures other) {
    return types.entrySet().stream()
        .flatMap(
            type ->
                type.getValue().stream()
                    .filter(
                        s -> !other.types.getOrDefault(type.getKey(), new TreeSet<>()).contains(s))
                    .map(signature -> Map.entry(type.getKey(), signature)));
  }
}
