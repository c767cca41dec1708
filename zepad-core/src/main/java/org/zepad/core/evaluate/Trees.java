package org.zepad.core.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.zepad.api.attack.Budget;
import org.zepad.core.metrics.Histogram;
import org.zepad.core.metrics.Rate;

/** What the parts of a report have in common as JSON. */
final class Trees {
  private Trees() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static @Nullable ObjectNode rate(@Nullable Rate rate) {
    if (rate == null) {
      return null;
    }
    ObjectNode node = object();
    node.put("hits", rate.hits());
    node.put("total", rate.total());
    node.put("value", number(rate.value()));
    node.put("low", rate.low());
    node.put("high", rate.high());
    return node;
  }

  static ObjectNode budget(Budget budget) {
    ObjectNode node = object();
    node.put("norm", name(budget.norm()));
    node.put("epsilon", budget.epsilon());
    return node;
  }

  static ObjectNode histogram(Histogram histogram) {
    ObjectNode node = object();
    node.put("low", histogram.low());
    node.put("high", histogram.high());
    histogram.counts().forEach(node.putArray("counts")::add);
    return node;
  }

  /** JSON has no NaN: what is not there is null. */
  static @Nullable Double number(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  static void names(ArrayNode array, Collection<? extends Enum<?>> constants) {
    constants.forEach(constant -> array.add(name(constant)));
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
