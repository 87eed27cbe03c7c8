package dev.plumbline.state.metric;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Disparities between the subgroups of one attribute (METRICS 7 and 8.1).
 *
 * <p>A subgroup without trials for a rate, or whose labels do not identify it, is skipped and
 * counted, never taken as rate 0.
 *
 * @param subgroups counters by the subgroup's name, which breaks ties
 * @param labels what the labels of everybody identify
 */
public record Disparity(SortedMap<String, Counters> subgroups, Identification labels) {

  public Disparity {
    subgroups = Collections.unmodifiableSortedMap(new TreeMap<>(subgroups));
  }

  /** How far a rate lies apart; empty if it is undefined in every subgroup. */
  public Optional<Spread> spread(RateMetric metric) {
    SortedMap<String, Proportion> rates = new TreeMap<>();
    subgroups.forEach((name, counters) -> rates.put(name, identified(metric, counters)));
    return Spread.of(rates);
  }

  private Proportion identified(RateMetric metric, Counters counters) {
    return labels.and(Identification.of(counters)).tells(metric)
        ? counters.rate(metric)
        : Rate.NONE;
  }

  /**
   * The gaps of a statement with labels, always in this order: demographic_parity (selection rate),
   * equal_opportunity (TPR), equalized_odds (worst case of TPR and FPR), predictive_parity (PPV),
   * accuracy.
   */
  public List<Gap> gaps() {
    return List.of(
        demographicParity(),
        gap("equal_opportunity", RateMetric.TPR),
        gap("equalized_odds", RateMetric.TPR, RateMetric.FPR),
        gap("predictive_parity", RateMetric.PPV),
        gap("accuracy", RateMetric.ACCURACY));
  }

  /** The gaps of a label-free statement: demographic_parity. */
  public List<Gap> labelFreeGaps() {
    return List.of(demographicParity());
  }

  private Gap demographicParity() {
    return gap("demographic_parity", RateMetric.SELECTION_RATE);
  }

  /** The gap of any rate, named after it. */
  public Gap gap(RateMetric metric) {
    return gap(metric.key(), metric);
  }

  private Gap gap(String name, RateMetric... metrics) {
    return Gap.worst(
        name,
        Stream.of(metrics).flatMap(metric -> spread(metric).stream()).toList(),
        Stream.of(metrics).allMatch(labels::tells)
            ? Undefined.NO_SUBGROUP
            : Undefined.NOT_IDENTIFIED);
  }

  /**
   * The subgroup where a rate is worst: the highest error rate (FPR, FNR), the lowest of any other.
   * Selection and base rate are neither good nor bad; of them it is the lowest.
   */
  public Optional<Worst> worst(RateMetric metric) {
    return spread(metric)
        .map(
            spread ->
                metric.isError()
                    ? new Worst(spread.highest(), spread.high())
                    : new Worst(spread.lowest(), spread.low()));
  }

  /**
   * The lowest accuracy among the records of one label in one subgroup; named {@code
   * label|subgroup}. Cells without a record are skipped.
   */
  public Optional<Worst> worstCell() {
    return Spread.of(cells()).map(spread -> new Worst(spread.lowest(), spread.low()));
  }

  /** Mean of the accuracies of the cells of {@link #worstCell}, each with the same weight. */
  public Estimate balancedAccuracy() {
    String name = "balanced_group_accuracy";
    double sum = 0;
    long smallest = Long.MAX_VALUE;
    List<Rate> defined = cells().values().stream().filter(Rate::defined).toList();
    for (Rate cell : defined) {
      sum += cell.share();
      smallest = Math.min(smallest, cell.trials());
    }
    return defined.isEmpty()
        ? Estimate.undefined(name, Undefined.NO_SUBGROUP, 0)
        : Estimate.exact(name, sum / defined.size(), smallest);
  }

  /** Accuracy by label and subgroup: TNR as {@code 0|subgroup}, TPR as {@code 1|subgroup}. */
  public SortedMap<String, Rate> cells() {
    SortedMap<String, Rate> cells = new TreeMap<>();
    for (Map.Entry<String, Counters> entry : subgroups.entrySet()) {
      cells.put("0|" + entry.getKey(), entry.getValue().labelled().tnr());
      cells.put("1|" + entry.getKey(), entry.getValue().labelled().tpr());
    }
    return Collections.unmodifiableSortedMap(cells);
  }

  /**
   * Where a rate is lowest.
   *
   * @param name of the subgroup or cell
   * @param rate its rate
   */
  public record Worst(String name, Proportion rate) {}
}
