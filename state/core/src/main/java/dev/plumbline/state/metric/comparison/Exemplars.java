package dev.plumbline.state.metric.comparison;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.ConfusionChange;
import dev.plumbline.state.metric.Rate;
import java.util.OptionalDouble;

/**
 * Compression identified exemplars of a subgroup: records whose modal label differs between models
 * and their compressed versions, whatever the true label (METRICS 10). With one model a side they
 * are prediction churn. A commutative monoid under {@link #merge} with {@link #EMPTY}.
 *
 * <p>Source: Hooker et al. (2020), "Characterising bias in compressed models".
 *
 * @param identified records whose modal label differs
 * @param base modal labels of the original models by true label
 * @param compressed those of the compressed models; of as many records
 */
public record Exemplars(long identified, Confusion base, Confusion compressed) {

  /** No record. */
  public static final Exemplars EMPTY = new Exemplars(0, Confusion.EMPTY, Confusion.EMPTY);

  public Exemplars {
    if (base.positives() != compressed.positives()
        || base.negatives() != compressed.negatives()
        || identified < 0
        || identified > base.labelled()) {
      throw new IllegalArgumentException(
          "both sides must be of the same records, and identified ones among them, were "
              + identified
              + ", "
              + base
              + " and "
              + compressed);
    }
  }

  /** One record: the modal label of each side and the true one. */
  public static Exemplars of(int base, int compressed, int label) {
    return new Exemplars(
        base == compressed ? 0 : 1,
        Confusion.EMPTY.plus(ConfusionChange.of(base, label, 1)),
        Confusion.EMPTY.plus(ConfusionChange.of(compressed, label, 1)));
  }

  /** The records of both. */
  public Exemplars merge(Exemplars other) {
    return new Exemplars(
        Math.addExact(identified, other.identified),
        base.merge(other.base),
        compressed.merge(other.compressed));
  }

  /** Number of records. */
  public long records() {
    return base.labelled();
  }

  /** Share of records that are identified. */
  public Rate rate() {
    return new Rate(identified, records());
  }

  /** Share of this subgroup in all records. */
  public Rate shareOfPopulation(Exemplars all) {
    return new Rate(records(), all.records());
  }

  /** Share of this subgroup in all identified records. */
  public Rate shareOfIdentified(Exemplars all) {
    return new Rate(identified, all.identified());
  }

  /**
   * Share in the identified records over share in all: above 1 where compression changes this
   * subgroup more often than others. Undefined if nothing is identified or the subgroup is empty.
   */
  public OptionalDouble representation(Exemplars all) {
    return ratio(shareOfIdentified(all), shareOfPopulation(all));
  }

  /** Relative change of the error rate by compression; undefined where it was 0. */
  public OptionalDouble errorChange() {
    return change(error(base), error(compressed));
  }

  /** Relative change of the FPR by compression; undefined where it was 0. */
  public OptionalDouble fprChange() {
    return change(base.fpr(), compressed.fpr());
  }

  /** Relative change of the FNR by compression; undefined where it was 0. */
  public OptionalDouble fnrChange() {
    return change(base.fnr(), compressed.fnr());
  }

  /** Share of wrong labels of a side. */
  public static Rate error(Confusion side) {
    return new Rate(side.fp() + side.fn(), side.labelled());
  }

  private static OptionalDouble change(Rate before, Rate after) {
    OptionalDouble ratio = ratio(after, before);
    return ratio.isPresent() ? OptionalDouble.of(ratio.getAsDouble() - 1) : ratio;
  }

  private static OptionalDouble ratio(Rate above, Rate below) {
    return above.defined() && below.defined() && below.successes() > 0
        ? OptionalDouble.of(above.share() / below.share())
        : OptionalDouble.empty();
  }
}
