package dev.plumbline.state.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.time.AgeSteps;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateWatchTest {

  private static final long HOUR = 3_600_000;
  private static final long DAY = 24;
  private static final long FROM = 480_000;
  private static final long TO = FROM + 14 * DAY;
  private static final AgeSteps AGES = AgeSteps.ofPanes(0, 1, 3, 6, 12, 24, 48, 96, 120);
  private static final SeriesName TPR_F = new SeriesName(RateMetric.TPR, new Subgroup("sex=F", 1));

  private static RateSettings settings(AgeSteps ages, int panesPerCohort, Subgroup... more) {
    List<Subgroup> subgroups = new ArrayList<>(Stream.SUBGROUPS);
    subgroups.addAll(List.of(more));
    return new RateSettings(
        HOUR,
        panesPerCohort,
        ages,
        new ReferencePanes(FROM, TO),
        1,
        Arrays.stream(RateMetric.values()).map(Watched::of).toList(),
        subgroups);
  }

  /** A watch, its stream, and everything found so far. */
  private static final class Run {
    private final RateSettings settings;
    private final Stream stream;
    private final List<Finding> findings = new ArrayList<>();
    private RateWatch watch;

    Run(RateSettings settings, Stream.World world, long seed) {
      this.settings = settings;
      stream = new Stream(settings, world, seed);
      watch = new RateWatch(settings);
      for (long pane = FROM; pane < TO; pane++) {
        stream.happen(pane);
      }
      watch.arm(stream);
    }

    Run until(long end) {
      return until(end, pane -> true);
    }

    Run until(long end, LongPredicate exists) {
      for (long pane = Math.max(TO, watch.lastPane() + 1); pane < end; pane++) {
        if (exists.test(pane)) {
          findings.addAll(watch.evaluate(pane, stream, stream.happen(pane)));
        }
      }
      return this;
    }

    byte[] bytes() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      watch.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    void restart() throws IOException {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes()));
      watch = RateWatch.read(settings, in, stream);
      assertThat(in.available()).isZero();
    }

    <T extends Finding> List<T> found(Class<T> kind) {
      return findings.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  /** TPR of women falls on day 20 for eight days. */
  private static Stream.World planted(long from, long to) {
    return new Stream.World() {
      @Override
      double decides(long pane, boolean female, int label) {
        boolean broken = female && label == 1 && pane >= from && pane < to;
        return broken ? 0.45 : super.decides(pane, female, label);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sixtyDaysWithoutChangeRaiseNoAlarm(long seed) {
    Run run = new Run(settings(AGES, 1), new Stream.World(), seed).until(TO + 60 * DAY);

    assertThat(run.found(Finding.Opened.class)).isEmpty();
    assertThat(run.watch.verdicts().values()).extracting(Verdict::kind).containsOnly("clear");
    assertThat(run.watch.verdicts()).hasSize(20);
  }

  @Test
  void delayThatDependsOnTheClassDoesNotAlarmAccuracyWhileTrafficVaries() {
    Stream.World world =
        new Stream.World() {
          @Override
          double events(long pane) {
            return pane % DAY < 8 ? 15 : pane >= TO + 10 * DAY ? 110 : 60;
          }

          @Override
          double delay(int label) {
            return label == 1 ? 60 : 2;
          }

          @Override
          double decides(long pane, boolean female, int label) {
            return label == 1 ? 0.5 : 0.1;
          }
        };

    Run run = new Run(settings(AGES, 1), world, 7).until(TO + 40 * DAY);

    assertThat(run.found(Finding.Opened.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 6})
  void aFallInOneSubgroupIsFoundThereAndResolvedAfterItsEnd(int panesPerCohort) {
    long broken = TO + 20 * DAY;
    long mended = broken + 8 * DAY;
    Run run = new Run(settings(AGES, panesPerCohort), planted(broken, mended), 11);
    run.until(mended);
    Verdict during = run.watch.verdict(TPR_F);
    run.until(mended + 20 * DAY);

    Finding.Opened opened =
        run.found(Finding.Opened.class).stream()
            .filter(found -> found.series().equals(TPR_F))
            .findFirst()
            .orElseThrow();
    assertThat(opened.pane()).isBetween(broken, broken + 4 * DAY);
    assertThat(opened.direction()).isEqualTo(Direction.DOWN);
    assertThat(opened.changePane()).isBetween(broken - 12, broken + 24);
    assertThat(opened.effect().interval().high()).isLessThan(opened.effect().expected());
    assertThat(opened.effect().difference().high()).isNegative();
    assertThat(opened.severity()).isGreaterThan(1);
    assertThat(opened.strength().logS()).isGreaterThanOrEqualTo(opened.strength().logThreshold());
    assertThat(during).isInstanceOf(Verdict.Departed.class);
    Finding.Resolved resolved =
        run.found(Finding.Resolved.class).stream()
            .filter(found -> found.series().equals(TPR_F))
            .findFirst()
            .orElseThrow();
    assertThat(resolved.pane()).isBetween(mended, mended + 12 * DAY);
    assertThat(resolved.openedPane()).isEqualTo(opened.pane());
    assertThat(run.watch.verdict(TPR_F)).isInstanceOf(Verdict.Clear.class);
    assertThat(run.found(Finding.Opened.class))
        .extracting(found -> found.series().subgroup().name())
        .doesNotContain("sex=M");
  }

  @Test
  void verdictsChangeWithTheirFindings() {
    Run run = new Run(settings(AGES, 1), planted(TO + 2 * DAY, TO + 20 * DAY), 11);
    String armed = run.watch.verdict(TPR_F).kind();
    run.until(TO + 10 * DAY);

    assertThat(armed).isEqualTo("warm_up");
    assertThat(run.found(Finding.VerdictChanged.class))
        .filteredOn(found -> found.series().equals(TPR_F))
        .extracting(found -> found.verdict().kind())
        .containsExactly("clear", "departed");
  }

  @Test
  void aSubgroupWithoutEnoughReferenceIsUnarmedAndSaysWhatItLacks() {
    Subgroup tiny = new Subgroup("sex=X", 1);
    RateSettings settings = settings(AGES, 1, tiny);
    Stream stream = new Stream(settings(AGES, 1), new Stream.World(), 3);
    for (long pane = FROM; pane < TO; pane++) {
      stream.happen(pane);
    }
    RateWatch watch = new RateWatch(settings);
    SeriesName name = new SeriesName(RateMetric.SELECTION, tiny);
    String before = watch.verdict(name).kind();
    watch.arm(withoutLast(stream));

    Verdict verdict = watch.verdict(name);

    assertThat(before).isEqualTo("warm_up");
    assertThat(((Verdict.Undecided) verdict).reason()).isEqualTo(Verdict.Reason.UNARMED);
    String why = ((Verdict.Undecided) verdict).detail();
    assertThat(why).contains("needs 200 events", "has fewer events");
    assertThat(watch.verdicts()).hasSize(24);
  }

  private static Counts withoutLast(Stream stream) {
    int known = Stream.SUBGROUPS.size();
    return new Counts() {
      @Override
      public long[] labelled(int subgroup, long cohort) {
        return subgroup < known ? stream.labelled(subgroup, cohort) : new long[36];
      }

      @Override
      public long[] predicted(int subgroup, long pane) {
        return subgroup < known ? stream.predicted(subgroup, pane) : new long[2];
      }
    };
  }

  @Test
  void labelsForOneDecisionAloneIdentifyNoLabelledRate() {
    Stream.World world =
        new Stream.World() {
          @Override
          boolean labels(long pane, int decision) {
            return decision == 1;
          }
        };

    Run run = new Run(settings(AGES, 1), world, 5).until(TO + DAY);

    run.watch
        .verdicts()
        .forEach(
            (name, verdict) ->
                assertThat(verdict.kind())
                    .isEqualTo(name.metric().labelled() ? "not_identified" : "clear"));
  }

  @Test
  void aStreamThatFallsSilentHasNoData() {
    Stream.World world =
        new Stream.World() {
          @Override
          double events(long pane) {
            return pane >= TO + 10 * DAY && pane < TO + 20 * DAY ? 0 : 60;
          }
        };
    Run run = new Run(settings(AGES, 1), world, 5).until(TO + 20 * DAY);

    assertThat(run.watch.verdicts().values()).extracting(Verdict::kind).containsOnly("no_data");
    run.until(TO + 23 * DAY);
    assertThat(run.watch.verdicts().values()).extracting(Verdict::kind).containsOnly("clear");
    assertThat(run.found(Finding.Opened.class)).isEmpty();
  }

  @Test
  void silenceAloneRaisesNoAlarm() {
    Stream.World silent =
        new Stream.World() {
          @Override
          double events(long pane) {
            return pane >= TO ? 0 : 60;
          }
        };
    RateSettings one = settings(AGES, 1);
    RateSettings generous =
        new RateSettings(HOUR, 1, AGES, one.reference(), 500, one.metrics(), one.subgroups());

    Run run = new Run(generous, silent, 5).until(TO + 20 * DAY);

    assertThat(run.found(Finding.Opened.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 24})
  void evidenceRecomputedFromCountersEqualsTheCachedOneBitForBit(int panesPerCohort)
      throws IOException {
    RateSettings settings = settings(AGES, panesPerCohort);
    long broken = TO + 6 * DAY;
    LongPredicate exists = pane -> pane % 41 > 2;
    Run cached = new Run(settings, planted(broken, broken + 5 * DAY), 21);
    Run recomputed = new Run(settings, planted(broken, broken + 5 * DAY), 21);
    cached.until(TO + 18 * DAY, exists);
    for (long pane = TO; pane < TO + 18 * DAY; pane++) {
      recomputed.until(pane + 1, exists);
      recomputed.restart();
    }

    assertThat(cached.found(Finding.Opened.class)).isNotEmpty();
    assertThat(recomputed.findings).isEqualTo(cached.findings);
    assertThat(evidence(cached)).isEqualTo(evidence(recomputed));
  }

  /** Evidence as exact hexadecimal doubles. */
  private static List<String> evidence(Run run) {
    return run.watch.verdicts().values().stream()
        .map(
            verdict ->
                verdict.fold(
                    clear -> Double.toHexString(clear.logEvidence()),
                    Object::toString,
                    Object::toString))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void writingAndReadingInMidStreamChangesNothing(int panesPerCohort) throws IOException {
    RateSettings settings = settings(AGES, panesPerCohort);
    LongPredicate exists = pane -> pane % 29 > 3;
    Run whole = new Run(settings, planted(TO + 5 * DAY, TO + 12 * DAY), 31);
    Run broken = new Run(settings, planted(TO + 5 * DAY, TO + 12 * DAY), 31);
    whole.until(TO + 25 * DAY, exists);
    for (long pane = TO + 7; pane < TO + 25 * DAY; pane += 7) {
      broken.until(pane, exists);
      broken.restart();
    }
    broken.until(TO + 25 * DAY, exists);

    assertThat(whole.found(Finding.Resolved.class)).isNotEmpty();
    assertThat(broken.findings).isEqualTo(whole.findings);
    assertThat(broken.bytes()).isEqualTo(whole.bytes());
  }

  @Test
  void agesThatTheReferenceCouldNotFillAreCompletedLaterAndThenWatched() throws IOException {
    AgeSteps longer = AgeSteps.ofPanes(0, 6, 24, 96, 400, 500);
    RateSettings settings = settings(longer, 1);
    Stream.World slow =
        new Stream.World() {
          @Override
          double delay(int label) {
            return 110;
          }
        };
    Run run = new Run(settings, slow, 41).until(TO + 390);
    boolean before = run.watch.needsReference();
    run.restart();
    run.until(TO + 520);

    assertThat(before).isTrue();
    assertThat(run.watch.needsReference()).isFalse();
    run.until(TO + 60 * DAY);
    assertThat(run.found(Finding.Opened.class)).isEmpty();
  }

  @Test
  void aGapLongerThanTheMemoryMakesNoMoreStepsThanTheMemory() {
    Run run = new Run(settings(AGES, 1), new Stream.World(), 51).until(TO + 10 * DAY);
    long memory = run.settings.memory();

    long late = TO + 10 * DAY + 3 * memory;
    run.until(late + 5 * DAY, pane -> pane >= late);

    assertThat(run.watch.lastPane()).isEqualTo(late + 5 * DAY - 1);
    assertThat(run.found(Finding.Opened.class)).isEmpty();
    assertThat(run.found(Finding.VerdictChanged.class))
        .filteredOn(found -> found.pane() >= TO + 10 * DAY && found.pane() < late)
        .extracting(found -> found.verdict().kind())
        .hasSize(20)
        .containsOnly("no_data");
  }

  @Test
  void evaluationsOutOfOrderAreRefused() {
    RateSettings settings = settings(AGES, 1);
    RateWatch early = new RateWatch(settings);
    Run run = new Run(settings, new Stream.World(), 1).until(TO + 2);

    assertThatThrownBy(() -> early.evaluate(TO, run.stream, new long[0]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("call arm first");
    assertThatThrownBy(() -> run.watch.evaluate(TO, run.stream, new long[0]))
        .hasMessageContaining("must ascend beyond " + (TO + 1));
    assertThatThrownBy(() -> run.watch.evaluate(TO + 2, run.stream, new long[] {TO + 3}))
        .hasMessageContaining("whose cohort is " + (TO + 2));
    assertThatThrownBy(() -> run.watch.arm(run.stream)).hasMessageContaining("called before");
  }

  @Test
  void stateOfOtherSeriesIsRefused() throws IOException {
    Run run = new Run(settings(AGES, 1), new Stream.World(), 1).until(TO + 2);
    RateSettings other =
        new RateSettings(
            HOUR,
            1,
            AGES,
            new ReferencePanes(FROM, TO),
            1,
            List.of(Watched.of(RateMetric.FPR)),
            List.of(Subgroup.ALL));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(run.bytes()));

    assertThatThrownBy(() -> RateWatch.read(other, in, run.stream))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not in the settings");
  }
}
