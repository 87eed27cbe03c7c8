package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a hostile log promises to hold, it holds, and it has the effect that it is planted for. */
final class GeneratorTest {

  private static final double ONE_PERCENT = 0.01;

  /** Sums of a prediction partition: what came of the records that were read. */
  private static final Set<RecordState> ENDS_OF_PREDICTIONS =
      Set.of(
          RecordState.REJECTED,
          RecordState.FILTERED,
          RecordState.OTHER,
          RecordState.LATE,
          RecordState.ACCEPTED,
          RecordState.DUPLICATE);

  private static final Set<RecordState> ENDS_OF_LABELS =
      Set.of(
          RecordState.REJECTED,
          RecordState.FILTERED,
          RecordState.LATE,
          RecordState.IGNORED,
          RecordState.MATCHED,
          RecordState.REVISED,
          RecordState.WITHDRAWN,
          RecordState.DUPLICATE,
          RecordState.WAITING,
          RecordState.ORPHAN);

  private static final Set<RecordState> ENDS_OF_ATTRIBUTES =
      Set.of(RecordState.REJECTED, RecordState.FILTERED, RecordState.ATTRIBUTES);

  static Stream<Plan> plans() {
    return Stream.of(1L, 2L, 3L)
        .map(Plan::of)
        .flatMap(
            plan ->
                Stream.of(
                    plan,
                    plan.sequenced(),
                    plan.sequenced().concluding(),
                    plan.withStrata(),
                    plan.closing(),
                    plan.withAttributesElsewhere()));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everythingIsPlanted(Plan plan) {
    Truth truth = Generator.hostile(plan).truth();

    List<Planted> missing =
        Arrays.stream(Planted.values())
            .filter(planted -> planted.possible(plan))
            .filter(
                planted ->
                    truth.count(planted) == 0
                        || (planted.single() && truth.share(planted) < ONE_PERCENT))
            .toList();

    assertThat(missing).as("of %s", truth).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("plans")
  void whatIsPlantedComesOutInTheBooks(Plan plan) {
    Generated generated = Generator.hostile(plan);

    Map<Delta, Long> deltas = deltas(generated, generated.exclusions());

    Map<RecordState, Long> states = states(deltas);
    Optional<Absence> absence = plan.rules().outcomes().absence();
    boolean onlySome = absence.isEmpty() || absence.get().onlyDecision().isPresent();
    Set<RecordState> empty = Set.of(RecordState.WAITING, RecordState.AWAITING);
    for (RecordState state : RecordState.values()) {
      boolean expected =
          !empty.contains(state)
              && state != RecordState.ORPHAN_BEFORE_START
              && (state != RecordState.TIED || !plan.sequence())
              && (state != RecordState.UNSELECTED || plan.sampled())
              && (state != RecordState.ATTRIBUTES || plan.elsewhere())
              && (state != RecordState.CONCLUDED || absence.isPresent())
              && (state != RecordState.EXPIRED || onlySome);
      assertThat(states.getOrDefault(state, 0L) > 0).as("%s", state).isEqualTo(expected);
    }
    assertThat(reasons(deltas))
        .contains(RejectReason.TIME_JUMP, RejectReason.TOO_MANY_COPIES, RejectReason.NULL_VALUE);
    assertThat(deltas.keySet())
        .anyMatch(delta -> delta.counter() instanceof Labelled labelled && labelled.correction())
        .anyMatch(
            delta ->
                delta.counter() instanceof Booked booked
                    && booked.state() == RecordState.WAITING
                    && deltas.getOrDefault(delta, 0L) < 0);
  }

  @ParameterizedTest
  @MethodSource("plans")
  void theBooksBalanceInEveryPaneAndPartition(Plan plan) {
    Generated generated = Generator.hostile(plan);

    Map<Delta, Long> deltas = deltas(generated, generated.exclusions());

    for (int partition = 0; partition < generated.log().partitions().size(); partition++) {
      int records = generated.log().partitions().get(partition).records().size();
      Set<RecordState> ends =
          switch (generated.log().partitions().get(partition).kind()) {
            case PREDICTIONS -> ENDS_OF_PREDICTIONS;
            case LABELS -> ENDS_OF_LABELS;
            case ATTRIBUTES -> ENDS_OF_ATTRIBUTES;
          };
      Map<Long, Long> open = balance(deltas, partition, Set.of(RecordState.READ), ends);
      assertThat(open.values()).as("read - ends of #%d", partition).allMatch(sum -> sum == 0);
      Map<Long, Long> unlabelled =
          balance(
              deltas,
              partition,
              Set.of(RecordState.ACCEPTED),
              Set.of(
                  RecordState.UNSELECTED,
                  RecordState.LABELLED,
                  RecordState.CONCLUDED,
                  RecordState.AWAITING,
                  RecordState.EXPIRED));
      assertThat(unlabelled.values()).allMatch(sum -> sum == 0);
      assertThat(read(deltas, partition)).isEqualTo(records);
    }
  }

  @Test
  void exclusionsChangeWhatCounts() {
    Generated generated = Generator.hostile(Plan.of(4));

    assertThat(deltas(generated, generated.exclusions()))
        .isNotEqualTo(deltas(generated, List.of()));
  }

  @Test
  void equalPlansGiveEqualLogsAndOtherSeedsOthers() {
    assertThat(Generator.hostile(Plan.of(5))).isEqualTo(Generator.hostile(Plan.of(5)));
    assertThat(Generator.hostile(Plan.of(5)).log())
        .isNotEqualTo(Generator.hostile(Plan.of(6)).log());
  }

  @Test
  void fewPartitionsAndEventsAreEnough() {
    for (int partitions = 1; partitions <= 3; partitions++) {
      for (int events : new int[] {0, 1, 10}) {
        Plan plan = Plan.of(partitions).withPartitions(partitions, partitions).withEvents(events);

        assertThat(deltas(Generator.hostile(plan), List.of())).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void mildEventsAreNeverJudgedByTheirPartition(long seed) {
    Mild mild = Generator.mild(seed);
    List<Map<List<Object>, Long>> dealt =
        Stream.of(1, 3, 8)
            .map(n -> NaiveSorter.deltas(mild.deal(n), mild.plan().rules(), Plan.MODELS, List.of()))
            .map(GeneratorTest::withoutPartitions)
            .toList();

    assertThat(dealt.get(1)).isEqualTo(dealt.get(0));
    assertThat(dealt.get(2)).isEqualTo(dealt.get(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void mildEventsKeepToTheGrace(int partitions) {
    for (long seed = 1; seed <= 8; seed++) {
      Mild mild = Generator.mild(seed);
      Log log = mild.deal(partitions);
      Map<Delta, Long> deltas =
          NaiveSorter.deltas(log, mild.plan().rules(), Plan.MODELS, List.of());

      assertThat(reasons(deltas)).doesNotContain(RejectReason.TIME_JUMP);
      assertThat(states(deltas)).doesNotContainKey(RecordState.TIED).containsKey(RecordState.LATE);
      assertThat(lateInPredictionPartitions(deltas, partitions)).isZero();
      for (Log.Partition partition : log.partitions()) {
        long highest = 0;
        for (Raw raw : partition.records()) {
          long time = raw.fold(Raw.Mapped::time, unmapped -> 0L);
          assertThat(time).isGreaterThanOrEqualTo(highest - mild.plan().rules().timing().grace());
          highest = Math.max(highest, time);
        }
      }
    }
  }

  @Test
  void mildEventsHaveTheirOwnPlantedThings() {
    Truth truth = Generator.mild(1).truth();

    for (Planted planted :
        List.of(
            Planted.DISORDER_WITHIN_GRACE,
            Planted.COPY_ELSEWHERE,
            Planted.LATER_CONTENT_ELSEWHERE,
            Planted.LABEL_WAITING,
            Planted.LATE_LABEL,
            Planted.REVISION,
            Planted.TIE_WITH_SEQUENCE,
            Planted.ID_REUSED,
            Planted.SECOND_VERSION,
            Planted.ORPHAN)) {
      assertThat(truth.share(planted)).as("%s", planted).isGreaterThanOrEqualTo(ONE_PERCENT);
    }
  }

  private static Map<Delta, Long> deltas(Generated generated, List<Exclusion> exclusions) {
    return NaiveSorter.deltas(generated.log(), generated.plan().rules(), Plan.MODELS, exclusions);
  }

  private static Map<RecordState, Long> states(Map<Delta, Long> deltas) {
    Map<RecordState, Long> sums = new EnumMap<>(RecordState.class);
    deltas.forEach(
        (delta, amount) -> {
          if (delta.counter() instanceof Booked booked) {
            sums.merge(booked.state(), amount, Long::sum);
          }
        });
    return sums;
  }

  private static Set<RejectReason> reasons(Map<Delta, Long> deltas) {
    return deltas.keySet().stream()
        .map(Delta::counter)
        .filter(Booked.class::isInstance)
        .map(counter -> ((Booked) counter).reason())
        .collect(Collectors.toSet());
  }

  private static long lateInPredictionPartitions(Map<Delta, Long> deltas, int partitions) {
    return deltas.keySet().stream()
        .map(Delta::counter)
        .filter(
            counter ->
                counter instanceof Booked booked
                    && booked.state() == RecordState.LATE
                    && booked.partition() < partitions)
        .count();
  }

  /** Sums of some states minus sums of others, by arrival pane. */
  private static Map<Long, Long> balance(
      Map<Delta, Long> deltas, int partition, Set<RecordState> left, Set<RecordState> right) {
    return deltas.entrySet().stream()
        .filter(
            entry ->
                entry.getKey().counter() instanceof Booked booked
                    && booked.partition() == partition)
        .collect(
            Collectors.groupingBy(
                entry -> entry.getKey().arrivalPane(),
                Collectors.summingLong(
                    entry -> {
                      RecordState state = ((Booked) entry.getKey().counter()).state();
                      return left.contains(state)
                          ? entry.getValue()
                          : right.contains(state) ? -entry.getValue() : 0;
                    })));
  }

  private static long read(Map<Delta, Long> deltas, int partition) {
    return balance(deltas, partition, Set.of(RecordState.READ), Set.of()).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** Deltas with the books summed over partitions. */
  private static Map<List<Object>, Long> withoutPartitions(Map<Delta, Long> deltas) {
    Map<List<Object>, Long> sums =
        deltas.entrySet().stream()
            .collect(
                Collectors.groupingBy(
                    entry ->
                        entry.getKey().counter() instanceof Booked booked
                            ? List.of(
                                entry.getKey().arrivalPane(),
                                booked.state(),
                                booked.reason(),
                                booked.model())
                            : List.of(entry.getKey()),
                    Collectors.summingLong(Map.Entry::getValue)));
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }
}
