package dev.plumbline.state.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.evidence.Finding;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.RateSettings;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Watched;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import dev.plumbline.state.time.AgeSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Two strata of equal size, with 9 and with 6 right decisions in 10, of which some are reviewed.
 */
final class SampledEvidenceTest {

  private static final int DAY = 24;
  private static final int TO = 14 * DAY;
  private static final int PREDICTIONS = 100;
  private static final double GOOD_SHARE = 0.9;
  private static final double BAD_SHARE = 0.6;
  private static final AgeSteps AGES = AgeSteps.ofPanes(0, 1, 24);
  private static final Sampling GOOD = new Sampling("good", Sampling.DECIDED, true);
  private static final Sampling BAD = new Sampling("bad", Sampling.DECIDED, true);

  /** Which share of a stratum is reviewed, and how often a decision of it is right. */
  private interface World {
    double reviewed(boolean isGood, long pane);

    /** Of the bad stratum, from the fifth day after the reference. */
    default double later() {
      return BAD_SHARE;
    }

    default double right(boolean isGood, long pane) {
      return isGood ? GOOD_SHARE : pane < TO + 5 * DAY ? BAD_SHARE : later();
    }
  }

  /**
   * From the end of the reference on, three times as many of the bad are reviewed, hardly one of
   * the good.
   */
  private static double more(boolean isGood, long pane) {
    return pane < TO ? 0.2 : isGood ? 0.02 : 0.6;
  }

  private CohortCounts counts = counts(List.of(GOOD));

  @Test
  void reviewingMoreOfOneStratumIsNoChangeOfBehaviour() {
    assertThat(alarms(List.of(BAD, GOOD), SampledEvidenceTest::more)).isEmpty();
    assertThat(counts.coverageSince(TO)).isEqualTo(OptionalDouble.of(1.0));
  }

  @Test
  void withoutStrataItWouldLookLikeOne() {
    assertThat(alarms(List.of(Sampling.NONE), SampledEvidenceTest::more)).isNotEmpty();
  }

  @Test
  void aChangeInsideAStratumIsFound() {
    World worse =
        new World() {
          @Override
          public double reviewed(boolean isGood, long pane) {
            return more(isGood, pane);
          }

          @Override
          public double later() {
            return 0.5;
          }
        };

    assertThat(alarms(List.of(BAD, GOOD), worse))
        .isNotEmpty()
        .allMatch(opened -> opened.pane() > TO + 5 * DAY);
  }

  @Test
  void theReferenceIsKnownByStratum() {
    alarms(List.of(BAD, GOOD), SampledEvidenceTest::more);

    assertThat(counts.strata()).hasSize(4); // selected or not, of two strata
    assertThat(counts.strata().stream().mapToLong(one -> one.selected().trials()).sum())
        .isEqualTo(2L * PREDICTIONS * TO);
  }

  private static CohortCounts counts(List<Sampling> samplings) {
    CubeRules rules =
        new CubeRules(
            List.of("region"),
            1,
            1,
            List.of(Set.of()),
            1,
            new Shape(2, AGES.beyond() + 1, 1),
            samplings,
            1,
            List.of(),
            List.of(new LabelAge(LabelAge.FINAL, 100)));
    return new CohortCounts(rules, 1, new Folding(rules, new Folding.Era(0, TO)));
  }

  private List<Finding.Opened> alarms(List<Sampling> samplings, World world) {
    counts = counts(samplings);
    SplittableRandom random = new SplittableRandom(1);
    for (long pane = 0; pane < TO; pane++) {
      happen(samplings, world, pane, random);
    }
    counts.arm();
    RateWatch watch =
        new RateWatch(
            new RateSettings(
                3_600_000,
                1,
                AGES,
                samplings.size(),
                new ReferencePanes(0, TO),
                1,
                List.of(Watched.of(RateMetric.ACCURACY)),
                List.of(new dev.plumbline.state.evidence.Subgroup("all", 0))));
    watch.arm(counts);
    counts.takeTouched();
    List<Finding.Opened> alarms = new ArrayList<>();
    for (long pane = TO; pane < TO + 20 * DAY; pane++) {
      happen(samplings, world, pane, random);
      for (Finding finding : watch.evaluate(pane, counts, counts.takeTouched())) {
        if (finding instanceof Finding.Opened opened) {
          alarms.add(opened);
        }
      }
    }
    return alarms;
  }

  private void happen(List<Sampling> samplings, World world, long pane, SplittableRandom random) {
    for (int i = 0; i < 2 * PREDICTIONS; i++) {
      boolean isGood = i % 2 == 0;
      boolean isReviewed = random.nextDouble() < world.reviewed(isGood, pane);
      int label = random.nextInt(2);
      int decision = random.nextDouble() < world.right(isGood, pane) ? label : 1 - label;
      Sampling of = samplings.size() == 1 ? samplings.get(0) : isGood ? GOOD : BAD;
      Sampling sampling = new Sampling(of.stratum(), of.acted(), isReviewed);
      Cell cell = new Cell("m", "1", List.of("r"), sampling);
      counts.apply(pane, new Predicted(cell, pane, decision, 0), 1);
      if (isReviewed) {
        counts.apply(pane, new Labelled(cell, pane, 0, false, decision, label, 0), 1);
      }
    }
  }
}
