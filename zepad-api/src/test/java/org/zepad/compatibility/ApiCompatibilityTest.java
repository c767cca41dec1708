package org.zepad.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.ApiVersion;

/**
 * The api beside that of the last release, whose signatures are a file that is reviewed. A release
 * writes it anew, with {@code -Dzepad.golden.update=true}.
 */
class ApiCompatibilityTest {
  private static final Path RELEASED = Path.of("src/test/resources/api/released.txt");
  private static final Comparator<ApiVersion> ORDER =
      Comparator.comparingInt(ApiVersion::major).thenComparingInt(ApiVersion::minor);

  private ApiSignatures present;

  @BeforeEach
  void read() throws Exception {
    URI classes = ApiVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    present = ApiSignatures.ofModule(Path.of(classes));
    assertThat(present.types()).hasSizeGreaterThan(50);
  }

  @Test
  void theVersionSaysHowTheApiDiffersFromTheLastRelease() throws Exception {
    if (Boolean.getBoolean("zepad.golden.update")) {
      Files.createDirectories(RELEASED.getParent());
      Files.writeString(RELEASED, ApiVersion.CURRENT + "\n" + present.text());
    }
    String[] released = Files.readString(RELEASED).split("\n", 2);
    ApiVersion version = ApiVersion.parse(released[0]);
    ApiChanges changes = ApiChanges.between(ApiSignatures.parse(released[1]), present);
    assertThat(ApiVersion.CURRENT)
        .as(
            "ApiVersion.CURRENT. Since %s there are gone or changed: %s; to be implemented: %s;"
                + " added: %s. Undo it, or raise the version",
            version, changes.removed(), changes.required(), changes.added())
        .usingComparator(ORDER)
        .isEqualTo(Collections.max(List.of(ApiVersion.CURRENT, changes.least(version)), ORDER));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertThat(ApiSignatures.parse(present.text())).isEqualTo(present);
  }

  @Test
  void aRemovalIsNoticed() {
    assertThat(
            after(text -> text.replaceFirst("\n.* org\\.zepad\\.api\\.Provider\\.name\\(\\)", "")))
        .isEqualTo("1.0");
    assertThat(after(text -> text.replaceFirst("(?m)^org.zepad.api.NoOptions\n( .*\n)+", "")))
        .isEqualTo("1.0");
  }

  @Test
  void aChangeIsNoticed() {
    String method = "int org.zepad.api.encoder.Encoder.featureDim()";
    assertThat(after(text -> text.replace(method, method.replace("int", "long")))).isEqualTo("1.0");
    // A component more: another constructor.
    String constructor = "org.zepad.api.attack.Budget(org.zepad.api.attack.Norm,double)";
    assertThat(after(text -> text.replace(constructor, constructor.replace(")", ",int)"))))
        .isEqualTo("1.0");
  }

  @Test
  void whatOthersMustImplementIsNoticed() {
    assertThat(after(with("public abstract int org.zepad.api.Provider.rank()"))).isEqualTo("1.0");
  }

  @Test
  void anAdditionRaisesTheMinorNumber() {
    assertThat(after(with("public default int org.zepad.api.Provider.rank()"))).isEqualTo("0.2");
    assertThat(
            after(
                text -> text + "org.zepad.api.New\n  public abstract int org.zepad.api.New.x()\n"))
        .isEqualTo("0.2");
    assertThat(after(text -> text)).isEqualTo("0.1");
  }

  /** The least version after 0.1, the present api being that and the edited one its successor. */
  private String after(UnaryOperator<String> edit) {
    ApiSignatures edited = ApiSignatures.parse(edit.apply(present.text()));
    return ApiChanges.between(present, edited).least(new ApiVersion(0, 1)).toString();
  }

  private static UnaryOperator<String> with(String method) {
    return text ->
        text.replace("\norg.zepad.api.Provider\n", "\norg.zepad.api.Provider\n  " + method + "\n");
  }

  /** Something of everything; the private part does not show. */
  public abstract static class Sample<T extends Number> implements Comparable<Sample<T>> {
    protected static final int LIMIT = 1;
    private int hidden;

    protected Sample() {}

    public abstract <S extends T> S of(java.util.List<? super S> many) throws java.io.IOException;

    void inside() {
      hidden++;
    }

    @Override
    public int compareTo(Sample<T> other) {
      return hidden - other.hidden;
    }
  }

  @Test
  void signaturesHoldWhatOthersCanName() {
    String sample = Sample.class.getName();
    assertThat(ApiSignatures.of(Sample.class))
        .containsExactlyInAnyOrder(
            "public abstract static class "
                + sample
                + "<T extends java.lang.Number> is java.lang.Object, java.lang.Comparable<"
                + sample
                + "<T>>",
            "protected static final int " + sample + ".LIMIT",
            "protected " + sample + "()",
            "public abstract <S extends T> S "
                + sample
                + ".of(java.util.List<? super S>) throws java.io.IOException",
            "public int " + sample + ".compareTo(" + sample + "<T>)");
  }
}
