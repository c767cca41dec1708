package org.zepad.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.zepad.core.data.Fingerprint.Part;

class FingerprintTest {
  private final NoiseImages images = new NoiseImages(10, 3, 2, 5);

  @Test
  void isTheHashThatItsDocumentationSays() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int index : new int[] {4, 1}) {
      digest.update(
          ByteBuffer.allocate(12).putInt(images.label(index)).putInt(2).putInt(5).array());
      digest.update(images.image(index).planes());
    }
    assertThat(Fingerprint.of(images, new int[] {4, 1}))
        .isEqualTo(HexFormat.of().formatHex(digest.digest()))
        .isNotEqualTo(Fingerprint.of(images, new int[] {1, 4}));
  }

  @Test
  void changesWithALabel() {
    NoiseImages relabelled = new NoiseImages(10, 2, 2, 5);
    assertThat(Fingerprint.of(images, new int[] {2}))
        .isNotEqualTo(Fingerprint.of(relabelled, new int[] {2}));
  }

  @Test
  void findsSharedImages() {
    Part train = new Part("train", images, new int[] {0, 1, 2, 3, 3});
    Part validation = new Part("validation", images, new int[] {4, 5});
    Part test = new Part("test", images, new int[] {6, 3, 5});
    assertThat(Fingerprint.duplicates(List.of(train, validation))).isEmpty();
    assertThat(Fingerprint.duplicates(List.of(train, validation, test)))
        .extracting(Object::toString)
        .containsExactly("train 3 = test 3", "validation 5 = test 5");
  }
}
