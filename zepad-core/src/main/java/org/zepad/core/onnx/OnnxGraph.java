package org.zepad.core.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.zepad.api.graph.Graph;
import org.zepad.api.graph.Value;
import org.zepad.core.onnx.OnnxValue.Absent;
import org.zepad.core.onnx.OnnxValue.Floats;
import org.zepad.core.onnx.OnnxValue.Input;
import org.zepad.core.onnx.OnnxValue.Integers;
import org.zepad.core.onnx.OnnxValue.Result;

/**
 * A graph of ONNX operators. Batch norms are folded into convolutions that have constant weights,
 * and so is the normalisation of pixels where the convolution has no padding; what nothing uses any
 * more is left out of {@link #needed()}.
 */
final class OnnxGraph implements Graph {
  private static final long FLOAT = 1;

  private final List<OnnxValue> values = new ArrayList<>();
  private final List<Result> outputs = new ArrayList<>();
  private String scope = "";

  /** What the names of the values that follow begin with. */
  void scope(String name) {
    scope = name + "/";
  }

  /** The images that come from outside; asked for once. */
  Value input(String name) {
    return keep(new Input(this, name));
  }

  /** Gives a value to the outside under a name. */
  void output(String name, Value value) {
    Result result = new Result(this, name, Operator.IDENTITY, List.of(own(value)), new TreeMap<>());
    values.add(result);
    outputs.add(result);
  }

  /** The names under which values are given to the outside, in their order. */
  List<String> outputs() {
    return outputs.stream().map(Result::name).toList();
  }

  /** Every value that an output needs, each after those that it needs itself. */
  List<OnnxValue> needed() {
    return Values.needed(values, outputs());
  }

  /** The numbers of another type, such as bytes, as float32. */
  Value floats(Value x) {
    return node(Operator.CAST, attributes("to", FLOAT), x);
  }

  /** The greatest whole number that is not above x. */
  Value floor(Value x) {
    return node(Operator.FLOOR, x);
  }

  @Override
  public Value constant(NDArray array) {
    try (NDArray floats = array.toType(DataType.FLOAT32, true)) {
      return keep(
          new Floats(
              this, newName("constant"), floats.toFloatArray(), array.getShape().getShape()));
    }
  }

  @Override
  public Value constant(float[] numbers, long... shape) {
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != numbers.length) {
      throw new IllegalArgumentException(
          numbers.length + " values are no array of " + Arrays.toString(shape));
    }
    return floats(numbers.clone(), shape);
  }

  @Override
  public Value add(Value x, Value y) {
    return node(Operator.ADD, x, y);
  }

  @Override
  public Value sub(Value x, Value y) {
    return node(Operator.SUB, x, y);
  }

  @Override
  public Value mul(Value x, Value y) {
    return node(Operator.MUL, x, y);
  }

  @Override
  public Value div(Value x, Value y) {
    return node(Operator.DIV, x, y);
  }

  @Override
  public Value exp(Value x) {
    return node(Operator.EXP, x);
  }

  @Override
  public Value log(Value x) {
    return node(Operator.LOG, x);
  }

  @Override
  public Value neg(Value x) {
    return node(Operator.NEG, x);
  }

  @Override
  public Value max(Value x, Value y) {
    return node(Operator.MAX, x, y);
  }

  @Override
  public Value clip(Value x, double least, double greatest) {
    return node(Operator.CLIP, x, number(least), number(greatest));
  }

  @Override
  public Value less(Value x, Value y) {
    return floats(node(Operator.LESS, x, y));
  }

  @Override
  public Value relu(Value x) {
    return node(Operator.RELU, x);
  }

  @Override
  public Value gelu(Value x) {
    // In the order in which runtimes look for it, to replace it by one kernel.
    Value erf = node(Operator.ERF, div(x, number(Math.sqrt(2))));
    return mul(mul(x, add(erf, number(1))), number(0.5));
  }

  @Override
  public Value softmax(Value x, int axis) {
    return node(Operator.SOFTMAX, attributes("axis", (long) axis), x);
  }

  @Override
  public Value logSoftmax(Value x, int axis) {
    return node(Operator.LOG_SOFTMAX, attributes("axis", (long) axis), x);
  }

  @Override
  public Value matMul(Value x, Value y) {
    return node(Operator.MAT_MUL, x, y);
  }

  @Override
  public Value linear(Value x, Value weight, @Nullable Value bias) {
    Floats rows = fixed(weight, "the weight of a linear layer", 2);
    int outputs = (int) rows.shape()[0];
    int inputs = (int) rows.shape()[1];
    float[] columns = new float[rows.values().length];
    for (int o = 0; o < outputs; o++) {
      for (int i = 0; i < inputs; i++) {
        columns[i * outputs + o] = rows.values()[o * inputs + i];
      }
    }
    Value product = matMul(x, floats(columns, inputs, outputs));
    return bias == null ? product : add(product, bias);
  }

  @Override
  public Value conv2d(
      Value x, Value weight, @Nullable Value bias, int stride, int padding, int groups) {
    Floats kernel = fixed(weight, "the weight of a convolution", 4);
    Floats shift = bias == null ? null : fixed(bias, "the bias of a convolution", 1);
    Folding.Normalisation normalisation = Folding.Normalisation.of(own(x));
    if (normalisation == null || padding > 0 || groups > 1) {
      return convolution(own(x), kernel, shift, stride, padding, groups);
    }
    Folding.Weights folded =
        Folding.before(
            kernel.values(),
            (int) kernel.shape()[1],
            (int) kernel.shape()[0],
            shift == null ? null : shift.values(),
            normalisation.mean(),
            normalisation.std());
    return convolution(
        normalisation.x(),
        floats(folded.weight(), kernel.shape()),
        floats(folded.bias(), folded.bias().length),
        stride,
        padding,
        groups);
  }

  private Value convolution(
      OnnxValue x, Floats kernel, @Nullable Floats bias, long stride, long padding, long groups) {
    SortedMap<String, Object> attributes = attributes("group", groups);
    attributes.put("kernel_shape", new long[] {kernel.shape()[2], kernel.shape()[3]});
    attributes.put("strides", new long[] {stride, stride});
    attributes.put("pads", new long[] {padding, padding, padding, padding});
    return bias == null
        ? node(Operator.CONV, attributes, x, kernel)
        : node(Operator.CONV, attributes, x, kernel, bias);
  }

  @Override
  public Value batchNorm(
      Value x, Value weight, Value bias, Value mean, Value variance, double epsilon) {
    Floats scale = fixed(weight, "the weight of a batch norm", 1);
    Floats shift = fixed(bias, "the bias of a batch norm", 1);
    Floats centre = fixed(mean, "the mean of a batch norm", 1);
    Floats spread = fixed(variance, "the variance of a batch norm", 1);
    if (own(x) instanceof Result before && before.operator() == Operator.CONV) {
      Floats kernel = (Floats) before.operands().get(1);
      Folding.Weights folded =
          Folding.behind(
              kernel.values(),
              before.operands().size() < 3 ? null : ((Floats) before.operands().get(2)).values(),
              scale.values(),
              shift.values(),
              centre.values(),
              spread.values(),
              epsilon);
      return node(
          Operator.CONV,
          before.attributes(),
          before.operands().get(0),
          floats(folded.weight(), kernel.shape()),
          floats(folded.bias(), folded.bias().length));
    }
    return node(
        Operator.BATCH_NORMALIZATION,
        attributes("epsilon", (float) epsilon),
        x,
        scale,
        shift,
        centre,
        spread);
  }

  @Override
  public Value layerNorm(Value x, Value weight, Value bias, double epsilon) {
    SortedMap<String, Object> attributes = attributes("axis", -1L);
    attributes.put("epsilon", (float) epsilon);
    return node(Operator.LAYER_NORMALIZATION, attributes, x, weight, bias);
  }

  @Override
  public Value maxPool(Value x, int kernel, int stride, int padding) {
    return pool(Operator.MAX_POOL, x, kernel, stride, padding);
  }

  @Override
  public Value meanPool(Value x, int kernel, int stride) {
    return pool(Operator.AVERAGE_POOL, x, kernel, stride, 0);
  }

  private Value pool(Operator operator, Value x, long kernel, long stride, long padding) {
    SortedMap<String, Object> attributes = attributes("kernel_shape", new long[] {kernel, kernel});
    attributes.put("strides", new long[] {stride, stride});
    attributes.put("pads", new long[] {padding, padding, padding, padding});
    return node(operator, attributes, x);
  }

  @Override
  public Value resize(Value images, int height, int width) {
    SortedMap<String, Object> attributes = attributes("mode", "linear");
    attributes.put("antialias", 1L);
    attributes.put("axes", new long[] {2, 3});
    attributes.put("coordinate_transformation_mode", "half_pixel");
    // Weights beyond the border are left out and the others sum to 1, as torch does it.
    attributes.put("exclude_outside", 1L);
    return node(
        Operator.RESIZE,
        attributes,
        images,
        new Absent(this),
        new Absent(this),
        integers(height, width));
  }

  @Override
  public Value sum(Value x, boolean keep, int... axes) {
    return reduce(Operator.REDUCE_SUM, x, keep, axes);
  }

  @Override
  public Value mean(Value x, boolean keep, int... axes) {
    return reduce(Operator.REDUCE_MEAN, x, keep, axes);
  }

  @Override
  public Value greatest(Value x, boolean keep, int... axes) {
    return reduce(Operator.REDUCE_MAX, x, keep, axes);
  }

  private Value reduce(Operator operator, Value x, boolean keep, int... axes) {
    return node(operator, attributes("keepdims", keep ? 1L : 0L), x, integers(asLongs(axes)));
  }

  @Override
  public Value reshape(Value x, long... shape) {
    return node(Operator.RESHAPE, x, integers(shape.clone()));
  }

  @Override
  public Value transpose(Value x, int... order) {
    return node(Operator.TRANSPOSE, attributes("perm", asLongs(order)), x);
  }

  @Override
  public Value concat(List<Value> parts, int axis) {
    return node(Operator.CONCAT, attributes("axis", (long) axis), parts.toArray(Value[]::new));
  }

  @Override
  public Value slice(Value x, int axis, int from, int to) {
    return node(Operator.SLICE, x, integers(from), integers(to), integers(axis));
  }

  @Override
  public Value pick(Value x, int axis, int index) {
    OnnxValue place = keep(new Integers(this, newName("index"), new long[] {index}, true));
    return node(Operator.GATHER, attributes("axis", (long) axis), x, place);
  }

  @Override
  public Value repeat(Value one, Value images) {
    OnnxValue each = own(one);
    if (!(each instanceof Floats array) || array.shape().length == 0 || array.shape()[0] != 1) {
      throw new IllegalArgumentException("what is repeated must be a constant of (1, ...)");
    }
    SortedMap<String, Object> firstAxis = attributes("start", 0L);
    firstAxis.put("end", 1L);
    Value count = node(Operator.SHAPE, firstAxis, images);
    long[] others = new long[array.shape().length - 1];
    Arrays.fill(others, 1);
    Value shape = others.length == 0 ? count : concat(List.of(count, integers(others)), 0);
    return node(Operator.EXPAND, array, shape);
  }

  private OnnxValue node(Operator operator, Value... operands) {
    return node(operator, new TreeMap<>(), operands);
  }

  private OnnxValue node(
      Operator operator, SortedMap<String, Object> attributes, Value... operands) {
    List<OnnxValue> own = Arrays.stream(operands).map(this::own).toList();
    return keep(new Result(this, newName(operator.onnx()), operator, own, attributes));
  }

  private Floats floats(float[] numbers, long... shape) {
    return keep(new Floats(this, newName("constant"), numbers, shape));
  }

  private OnnxValue integers(long... numbers) {
    return keep(new Integers(this, newName("numbers"), numbers, false));
  }

  private <T extends OnnxValue> T keep(T value) {
    values.add(value);
    return value;
  }

  private String newName(String kind) {
    return scope + kind + "_" + values.size();
  }

  private OnnxValue own(Value value) {
    if (value instanceof OnnxValue known && known.graph() == this) {
      return known;
    }
    throw new IllegalArgumentException("the value is of another graph");
  }

  private Floats fixed(Value value, String what, int axes) {
    if (own(value) instanceof Floats floats && floats.shape().length == axes) {
      return floats;
    }
    throw new IllegalArgumentException(what + " must be a constant with " + axes + " axes");
  }

  private static SortedMap<String, Object> attributes(String name, Object value) {
    SortedMap<String, Object> attributes = new TreeMap<>();
    attributes.put(name, value);
    return attributes;
  }

  private static long[] asLongs(int... numbers) {
    return Arrays.stream(numbers).asLongStream().toArray();
  }
}
