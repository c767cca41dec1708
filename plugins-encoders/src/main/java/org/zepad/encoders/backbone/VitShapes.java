package org.zepad.encoders.backbone;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and shapes of the tensors of a {@link VisionTransformer}, in its order. */
final class VitShapes {
  private static final Pattern BLOCK = Pattern.compile("blocks\\.(\\d{1,3})\\..+");

  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  private VitShapes() {}

  static Map<String, Shape> of(VitSize size) {
    VitShapes all = new VitShapes();
    int dim = size.dim();
    int patch = size.patch();
    all.shapes.put("cls_token", new Shape(1, 1, dim));
    all.shapes.put("pos_embed", new Shape(1, 1 + (long) size.side() * size.side(), dim));
    all.shapes.put("patch_embed.proj.weight", new Shape(dim, 3, patch, patch));
    all.shapes.put("patch_embed.proj.bias", new Shape(dim));
    for (int block = 0; block < size.depth(); block++) {
      String name = "blocks." + block;
      all.norm(name + ".norm1", dim);
      all.linear(name + ".attn.qkv", dim, 3 * dim);
      all.linear(name + ".attn.proj", dim, dim);
      all.norm(name + ".norm2", dim);
      all.linear(name + ".mlp.fc1", dim, size.hidden());
      all.linear(name + ".mlp.fc2", size.hidden(), dim);
    }
    all.norm("norm", dim);
    return Collections.unmodifiableMap(all.shapes);
  }

  /**
   * The size that tensors tell: {@code patch_embed.proj.weight} is (dim, 3, patch, patch), {@code
   * pos_embed} is (1, 1 + side^2, dim), the blocks count themselves. They do not tell the heads,
   * which take their usual number, nor an image size that is no multiple of the patch.
   *
   * @return empty if they are of no vision transformer with one class token
   */
  static Optional<VitSize> size(Map<String, Shape> shapes) {
    Shape patches = shapes.get("patch_embed.proj.weight");
    Shape positions = shapes.get("pos_embed");
    if (!shapes.containsKey("cls_token")
        || patches == null
        || patches.dimension() != 4
        || patches.get(1) != 3
        || patches.get(2) != patches.get(3)
        || positions == null
        || positions.dimension() != 3) {
      return Optional.empty();
    }
    int dim = clamped(patches.get(0), VitSize.GREATEST_DIM);
    int patch = clamped(patches.get(2), VitSize.GREATEST_PATCH);
    int places = clamped(positions.get(1) - 1, VitSize.GREATEST_IMAGE * VitSize.GREATEST_IMAGE);
    int side = (int) Math.round(Math.sqrt(Math.max(places, 0)));
    int depth = depth(shapes.keySet());
    return side * side == places && VitSize.problem(dim, depth, 0, patch, side * patch) == null
        ? Optional.of(new VitSize(dim, depth, 0, patch, side * patch))
        : Optional.empty();
  }

  private static int depth(Set<String> names) {
    int depth = 0;
    for (String name : names) {
      Matcher matcher = BLOCK.matcher(name);
      if (matcher.matches()) {
        depth = Math.max(depth, Integer.parseInt(matcher.group(1)) + 1);
      }
    }
    return depth;
  }

  /** A number from a file; one beyond the greatest stays beyond it, and stays an int. */
  private static int clamped(long value, int greatest) {
    return (int) Math.max(-1, Math.min(value, greatest + 1L));
  }

  private void linear(String name, int in, int out) {
    shapes.put(name + ".weight", new Shape(out, in));
    shapes.put(name + ".bias", new Shape(out));
  }

  private void norm(String name, int dim) {
    shapes.put(name + ".weight", new Shape(dim));
    shapes.put(name + ".bias", new Shape(dim));
  }
}
