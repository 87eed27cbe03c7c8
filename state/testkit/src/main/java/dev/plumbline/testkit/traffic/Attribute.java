package dev.plumbline.testkit.traffic;

import java.util.List;

/**
 * An attribute of the traffic and how often its values come, independently of the others.
 *
 * @param values in the order of the weights
 * @param weights positive, of any sum
 */
public record Attribute(String name, List<String> values, List<Double> weights) {

  public Attribute {
    values = List.copyOf(values);
    weights = List.copyOf(weights);
    if (values.isEmpty() || values.size() != weights.size()) {
      throw new IllegalArgumentException(
          "attribute %s must have as many weights as values, had %d and %d"
              .formatted(name, weights.size(), values.size()));
    }
    for (double weight : weights) {
      if (!(weight > 0)) {
        throw new IllegalArgumentException(
            "weights of attribute " + name + " must be positive, were " + weights);
      }
    }
  }

  /** An attribute whose values come equally often. */
  public static Attribute even(String name, String... values) {
    List<String> list = List.of(values);
    return new Attribute(name, list, list.stream().map(value -> 1.0).toList());
  }

  /** The value at a point of [0, 1), the values lying side by side by their weights. */
  String at(double point) {
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double left = point * sum;
    int i = 0;
    while (i < values.size() - 1 && left >= weights.get(i)) {
      left -= weights.get(i);
      i++;
    }
    return values.get(i);
  }
}
