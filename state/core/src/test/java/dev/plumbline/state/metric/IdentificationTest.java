package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdentificationTest {

  @ParameterizedTest
  @CsvSource({
    "100, 90, 100, 90, true, true",
    "100, 0, 100, 90, false, true",
    "1000, 3, 1000, 980, false, true",
    "1000, 50, 1000, 1000, true, true",
    "1000, 49, 1000, 1000, false, true",
    "100, 90, 100, 1, true, false",
    "100, 0, 100, 0, true, true",
    "0, 0, 100, 90, true, true",
    "5, 0, 100, 99, true, true",
    "5, 0, 100, 100, false, true"
  })
  void aDecisionIsUnlabelledIfItHasLabelsLessThanATwentiethAsOften(
      long predictions0, long labels0, long predictions1, long labels1, boolean zero, boolean one) {
    assertThat(Identification.of(predictions0, labels0, predictions1, labels1))
        .isEqualTo(new Identification(zero, one));
  }

  @Test
  void ratesWithinTheLabelledDecisionStayIdentified() {
    Identification granted = new Identification(false, true);

    assertThat(granted.tells(RateMetric.PPV)).isTrue();
    assertThat(granted.tells(RateMetric.SELECTION_RATE)).isTrue();
    for (RateMetric metric :
        List.of(RateMetric.ACCURACY, RateMetric.TPR, RateMetric.FPR, RateMetric.NPV)) {
      assertThat(granted.tells(metric)).as(metric.key()).isFalse();
      assertThat(Identification.FULL.tells(metric)).isTrue();
    }
  }

  @Test
  void whatIsNotIdentifiedHasBoundsAndNoValue() {
    Counters granted = counters(100, 100, new Confusion(60, 30, 0, 0));

    List<Estimate> estimates = Metrics.of(granted, Identification.FULL);

    Estimate tpr = estimates.get(2);
    assertThat(tpr.name()).isEqualTo("tpr");
    assertThat(tpr.value()).isEmpty();
    assertThat(tpr.undefined()).contains(Undefined.NOT_IDENTIFIED);
    // At worst all 100 that were not selected are positive and the 10 others are not.
    assertThat(tpr.bounds()).contains(new Interval(60.0 / 160, 1));
    assertThat(estimates.get(5).value()).hasValue(60.0 / 90);
    assertThat(estimates.get(5).bounds()).isEmpty();
  }

  @Test
  void whatEverybodysLabelsDoNotTellASubgroupsOwnDoNotTellEither() {
    Counters lucky = counters(10, 2, new Confusion(6, 3, 1, 0));

    List<Estimate> estimates = Metrics.of(lucky, new Identification(false, true));

    assertThat(estimates.get(1).undefined()).contains(Undefined.NOT_IDENTIFIED);
  }

  @Test
  void aDisparityOfWhatIsNotIdentifiedIsNone() {
    TreeMap<String, Counters> subgroups = new TreeMap<>();
    subgroups.put("sex=F", counters(100, 100, new Confusion(60, 30, 0, 0)));
    subgroups.put("sex=M", counters(100, 100, new Confusion(50, 40, 0, 0)));

    List<Gap> gaps = new Disparity(subgroups, new Identification(false, true)).gaps();

    assertThat(gaps.get(1).name()).isEqualTo("equal_opportunity");
    assertThat(gaps.get(1).difference().undefined()).contains(Undefined.NOT_IDENTIFIED);
    assertThat(gaps.get(3).name()).isEqualTo("predictive_parity");
    assertThat(gaps.get(3).difference().value()).isPresent();
  }

  @Test
  void boundsHoldTheTruthWhateverLabelsAreMissing() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 2_000; i++) {
      Confusion truth =
          new Confusion(random.nextInt(9), random.nextInt(9), random.nextInt(9), random.nextInt(9));
      Confusion known =
          new Confusion(
              random.nextLong(truth.tp() + 1),
              random.nextLong(truth.fp() + 1),
              random.nextLong(truth.fn() + 1),
              random.nextLong(truth.tn() + 1));
      Counters counters = new Counters(truth.selection(), known, ScoreHistogram.UNMAPPED);
      for (RateMetric metric : RateMetric.values()) {
        if (metric.of(truth).defined() && metric != RateMetric.SELECTION_RATE) {
          assertThat(
                  Identification.bounds(metric, counters)
                      .contains(metric.of(truth).value().getAsDouble()))
              .as("%s of %s, known %s", metric, truth, known)
              .isTrue();
        }
      }
    }
  }

  @Test
  void boundsAreAsCloseAsTheMissingLabelsAllow() {
    Counters counters = counters(10, 20, new Confusion(6, 2, 4, 10));

    // Two selected and six others have no label.
    assertThat(Identification.bounds(RateMetric.TPR, counters))
        .isEqualTo(new Interval(6.0 / 16, 8.0 / 12));
    assertThat(Identification.bounds(RateMetric.FPR, counters))
        .isEqualTo(new Interval(2.0 / 18, 4.0 / 14));
    assertThat(Identification.bounds(RateMetric.ACCURACY, counters))
        .isEqualTo(new Interval(16.0 / 30, 24.0 / 30));
    assertThat(Identification.bounds(RateMetric.BASE_RATE, counters))
        .isEqualTo(new Interval(10.0 / 30, 18.0 / 30));
  }

  private static Counters counters(long selected, long rejected, Confusion labelled) {
    return new Counters(new Rate(selected, selected + rejected), labelled, ScoreHistogram.UNMAPPED);
  }
}
