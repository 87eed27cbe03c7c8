package dev.plumbline.state.metric.drift;

import dev.plumbline.state.numeric.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Black-box shift estimation: how the shares of the classes have changed since labels were known,
 * judged by predictions alone (METRICS 11.1). It holds if classes look as they did, and only come
 * more or less often.
 *
 * <p>Source: Lipton, Wang and Smola (2018), "Detecting and correcting for label shift with black
 * box predictors".
 *
 * @param source labelled predictions of the reference by predicted class, then by true class
 * @param target predictions of the window by class, as many classes
 */
public record LabelShift(List<List<Long>> source, List<Long> target) {

  /** Below this smallest singular value predictions tell too little of the classes. */
  public static final double LEAST_SINGULAR_VALUE = 0.05;

  public LabelShift {
    source = source.stream().map(List::copyOf).toList();
    target = List.copyOf(target);
    int classes = target.size();
    if (classes < 2
        || source.size() != classes
        || source.stream().anyMatch(row -> row.size() != classes)
        || source.stream().flatMap(List::stream).anyMatch(count -> count < 0)
        || target.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "expected counts of the same classes, at least 2, none negative, were "
              + source
              + " and "
              + target);
    }
  }

  private long labelled() {
    return source.stream().flatMap(List::stream).reduce(0L, Math::addExact);
  }

  private long predicted() {
    return target.stream().reduce(0L, Math::addExact);
  }

  /** P(predicted = i, true = j) of the reference; undefined without labels. */
  public Optional<Matrix> confusion() {
    double n = labelled();
    return n == 0
        ? Optional.empty()
        : Optional.of(
            new Matrix(
                source.stream()
                    .map(row -> row.stream().map(count -> count / n).toList())
                    .toList()));
  }

  /** P(predicted = i) of the window; undefined without predictions. */
  public Optional<List<Double>> predictedShares() {
    double n = predicted();
    return n == 0
        ? Optional.empty()
        : Optional.of(target.stream().map(count -> count / n).toList());
  }

  /** Whether predictions tell enough of the classes to say anything. */
  public boolean isIdentified() {
    return predicted() > 0
        && confusion().filter(c -> c.smallestSingularValue() >= LEAST_SINGULAR_VALUE).isPresent();
  }

  /**
   * For each class how much more often it comes than in the reference: 1 is no shift. May be below
   * 0 by chance; undefined unless {@link #isIdentified}.
   */
  public Optional<List<Double>> weights() {
    return isIdentified()
        ? confusion().orElseThrow().solve(predictedShares().orElseThrow())
        : Optional.empty();
  }

  /** The weights with negative ones taken as 0. */
  public Optional<List<Double>> clippedWeights() {
    return weights().map(all -> all.stream().map(weight -> Math.max(0, weight)).toList());
  }

  /**
   * The weights with the ridge of the authors' code, {@code 1/min(n, m)}: steadier, but shares that
   * follow from them need not sum to 1. Undefined unless {@link #isIdentified}.
   */
  public Optional<List<Double>> ridgeWeights() {
    if (!isIdentified()) {
      return Optional.empty();
    }
    Matrix c = confusion().orElseThrow();
    return c.gram().plusDiagonal(ridge()).solve(c.transposedTimes(predictedShares().orElseThrow()));
  }

  /** The ridge of {@link #ridgeWeights}. */
  public double ridge() {
    return 1.0 / Math.min(labelled(), predicted());
  }

  /** Estimated shares of the classes in the window that follow from weights, as they are. */
  public List<Double> shares(List<Double> weights) {
    Matrix c = confusion().orElseThrow();
    List<Double> shares = new ArrayList<>();
    for (int label = 0; label < weights.size(); label++) {
      double before = 0;
      for (int i = 0; i < c.size(); i++) {
        before += c.at(i, label);
      }
      shares.add(weights.get(label) * before);
    }
    return shares;
  }

  /** Estimated shares of the classes as they are shown: none negative, together 1. */
  public Optional<List<Double>> shownShares() {
    return clippedWeights()
        .map(
            weights -> {
              List<Double> shares = shares(weights);
              double sum = shares.stream().reduce(0.0, Double::sum);
              return shares.stream().map(share -> share / sum).toList();
            });
  }
}
