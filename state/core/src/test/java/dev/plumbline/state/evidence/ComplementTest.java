package dev.plumbline.state.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.time.AgeSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What alarms say of everybody who is not in their subgroup. */
class ComplementTest {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24;
  private static final long FROM = 480_000;
  private static final long TO = FROM + 14 * DAY;
  private static final long BROKEN = TO + 5 * DAY;
  private static final long MENDED = BROKEN + 4 * DAY;
  private static final int WOMEN = 1;
  private static final int MEN = 2;

  private final RateSettings settings =
      new RateSettings(
          HOUR,
          2,
          AgeSteps.ofPanes(0, 6, 24, 120),
          new ReferencePanes(FROM, TO),
          1,
          Arrays.stream(RateMetric.values()).map(Watched::of).toList(),
          Stream.SUBGROUPS);

  private final Stream stream = new Stream(settings, new Broken(), 3);
  private final RateWatch watch = armed();

  /** Women are chosen less, whatever their label, for some days. */
  private static final class Broken extends Stream.World {
    @Override
    double decides(long pane, boolean female, int label) {
      boolean broken = female && pane >= BROKEN && pane < MENDED;
      return super.decides(pane, female, label) * (broken ? 0.3 : 1);
    }
  }

  private RateWatch armed() {
    RateWatch armed = new RateWatch(settings);
    for (long pane = FROM; pane < TO; pane++) {
      stream.happen(pane);
    }
    armed.arm(stream);
    return armed;
  }

  private List<Finding> evaluate(long pane) {
    return watch.evaluate(pane, stream, stream.happen(pane));
  }

  @Test
  void theComplementOfWomenIsTheMenOfTheSamePanes() {
    List<RateMetric> seen = new ArrayList<>();
    for (long pane = TO; pane < MENDED; pane++) {
      for (Finding finding : evaluate(pane)) {
        if (finding instanceof Finding.Opened opened
            && opened.series().subgroup().equals(Stream.SUBGROUPS.get(WOMEN))) {
          seen.add(opened.series().metric());
          assertThat(opened.complement()).isEqualTo(counted(MEN, opened)).isNotEqualTo(none());
          assertThat(opened.effect().now()).isEqualTo(counted(WOMEN, opened));
        }
      }
    }

    assertThat(seen).contains(RateMetric.SELECTION, RateMetric.TPR);
  }

  @Test
  void everybodyHasNoComplement() {
    List<Finding.Opened> opened = new ArrayList<>();
    for (long pane = TO; pane < MENDED; pane++) {
      evaluate(pane).stream()
          .filter(Finding.Opened.class::isInstance)
          .map(Finding.Opened.class::cast)
          .filter(one -> one.series().subgroup().equals(Subgroup.ALL))
          .forEach(opened::add);
    }

    assertThat(opened).isNotEmpty().extracting(Finding.Opened::complement).containsOnly(none());
  }

  private static Sample none() {
    return new Sample(0, 0);
  }

  /**
   * Counts of a subgroup from the change point of an alarm up to its pane, straight from labels.
   */
  private Sample counted(int subgroup, Finding.Opened opened) {
    RateMetric metric = opened.series().metric();
    long trials = 0;
    long successes = 0;
    if (!metric.labelled()) {
      for (long pane = opened.changePane(); pane <= opened.pane(); pane++) {
        long[] decisions = stream.predicted(subgroup, pane);
        trials += decisions[0] + decisions[1];
        successes += decisions[1];
      }
      return new Sample(trials, successes);
    }
    long first = settings.cohortOf(opened.changePane());
    for (long cohort = first; cohort <= settings.cohortOf(opened.pane()); cohort++) {
      for (int age = 0; age < settings.ages().count(); age++) {
        trials += metric.trials(stream.labelled(subgroup, cohort), age);
        successes += metric.successes(stream.labelled(subgroup, cohort), age);
      }
    }
    return new Sample(trials, successes);
  }
}
