package org.zepad.datasets.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.zepad.api.ZepadException;
import org.zepad.api.dataset.Dataset;
import org.zepad.datasets.files.PictureImages.Picture;

/**
 * Test images for a data set that comes without: a share of each class, the same on every machine
 * and in every run. Pictures are ranked by a hash of the seed, their folder and their name, and the
 * first of each class are held out; so it does not matter where the data set lies, nor which other
 * classes are taken.
 */
public final class HeldOut {
  private HeldOut() {}

  /**
   * Parts the pictures.
   *
   * @param classes names in label order
   * @param pictures class by class; both parts keep their order
   * @param fraction the share of test images, in (0, 1); each class gives and keeps at least one
   * @throws ZepadException of kind INPUT if a class has fewer than 2 pictures
   */
  public static Dataset part(
      List<String> classes, List<Picture> pictures, double fraction, long seed) {
    Map<Integer, List<Picture>> byClass = new TreeMap<>();
    pictures.forEach(p -> byClass.computeIfAbsent(p.label(), l -> new ArrayList<>()).add(p));
    List<Picture> train = new ArrayList<>();
    List<Picture> test = new ArrayList<>();
    for (List<Picture> group : byClass.values()) {
      if (group.size() < 2) {
        throw ZepadException.input(
            group.get(0).file().getParent()
                + " holds 1 picture; where the data set has no test images of its own, each class"
                + " needs 2 at least, one to train on and one to test. Add some, or leave the class"
                + " out");
      }
      int count = (int) Math.round(fraction * group.size());
      count = Math.max(1, Math.min(group.size() - 1, count));
      Map<Picture, Long> ranks = new HashMap<>();
      group.forEach(p -> ranks.put(p, rank(p.file(), seed)));
      List<Picture> ranked = new ArrayList<>(group);
      ranked.sort(Comparator.comparing(ranks::get));
      Set<Picture> held = Set.copyOf(ranked.subList(0, count));
      group.forEach(p -> (held.contains(p) ? test : train).add(p));
    }
    return new Opened(classes, new PictureImages(train), new PictureImages(test));
  }

  private static long rank(Path file, long seed) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String name = seed + "/" + file.getName(file.getNameCount() - 2) + "/" + file.getFileName();
      return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
