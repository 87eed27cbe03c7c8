package dev.plumbline.testkit.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.testkit.traffic.Observation.Known;
import dev.plumbline.testkit.traffic.Observation.Scored;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

final class TrafficTest {

  private static final long DAY = 86_400_000;
  private static final int DAYS = 20;
  private static final int FAULT_DAY = 10;
  private static final List<Attribute> ATTRIBUTES =
      List.of(
          Attribute.even("sex", "f", "m"),
          new Attribute("region", List.of("north", "south"), List.of(3.0, 1.0)));
  private static final Map<String, String> WOMEN = Map.of("sex", "f");

  /** Bound on a rate's error: five standard errors, at p = 1/2. */
  private static double fiveErrors(long trials) {
    return 5 * Math.sqrt(0.25 / trials);
  }

  private static Traffic traffic(Fault... faults) {
    return new Traffic(1, 0, DAYS, 1000, ATTRIBUTES, Behaviour.steady(), List.of(faults));
  }

  private static List<Observation> list(Traffic traffic) {
    List<Observation> all = new ArrayList<>();
    traffic.forEach(all::add);
    return all;
  }

  private static List<Scored> scored(Traffic traffic, Predicate<Scored> where) {
    return list(traffic).stream()
        .filter(Scored.class::isInstance)
        .map(Scored.class::cast)
        .filter(where)
        .toList();
  }

  private static Map<String, Known> known(Traffic traffic) {
    Map<String, Known> known = new HashMap<>();
    for (Observation observation : traffic) {
      if (observation instanceof Known label) {
        known.put(label.id(), label);
      }
    }
    return known;
  }

  private static double selection(List<Scored> scored) {
    return scored.stream().mapToInt(Scored::decision).average().orElseThrow();
  }

  private static List<Scored> positives(Traffic traffic, Predicate<Scored> where) {
    Map<String, Known> known = known(traffic);
    return scored(
        traffic,
        where.and(
            one -> {
              Known label = known.get(one.id());
              return label != null && label.value() == 1;
            }));
  }

  @Test
  void itComesInOrderOfTimeAndLabelsAfterTheirPredictions() {
    Map<String, Long> predicted = new HashMap<>();
    long last = 0;
    for (Observation observation : traffic()) {
      assertThat(observation.time()).isGreaterThanOrEqualTo(last);
      last = observation.time();
      if (observation instanceof Scored) {
        predicted.put(observation.id(), last);
      } else {
        assertThat(predicted.getOrDefault(observation.id(), Long.MAX_VALUE)).isLessThan(last);
      }
    }
    assertThat(predicted).hasSize(DAYS * 1000);
  }

  @Test
  void itIsTheSameEachTimeItIsIterated() {
    assertThat(list(traffic())).isEqualTo(list(traffic()));
  }

  @Test
  void everyDayHasItsPredictions() {
    for (int day = 0; day < DAYS; day++) {
      long from = day * DAY;

      assertThat(scored(traffic(), one -> one.time() >= from && one.time() < from + DAY))
          .hasSize(1000);
    }
  }

  @Test
  void withoutFaultsTheRatesAreThoseOfTheBehaviour() {
    List<Scored> found = positives(traffic(), one -> true);
    List<Scored> all = scored(traffic(), one -> true);
    long south = all.stream().filter(one -> one.values().get(1).equals("south")).count();

    assertThat(Math.abs(selection(found) - 0.8)).isLessThan(fiveErrors(found.size()));
    assertThat(Math.abs(selection(all) - 0.5)).isLessThan(fiveErrors(all.size()));
    assertThat(Math.abs(south / (double) all.size() - 0.25)).isLessThan(fiveErrors(all.size()));
  }

  @Test
  void aLossOfSensitivityIsSeenInItsSubgroupFromItsDayOn() {
    Traffic traffic = traffic(Fault.from(FAULT_DAY, Fault.Kind.SENSITIVITY_LOSS, WOMEN, 0.3));

    List<Scored> before =
        positives(traffic, one -> one.time() < FAULT_DAY * DAY && one.values().contains("f"));
    List<Scored> after =
        positives(traffic, one -> one.time() >= FAULT_DAY * DAY && one.values().contains("f"));

    assertThat(Math.abs(selection(before) - 0.8)).isLessThan(fiveErrors(before.size()));
    assertThat(Math.abs(selection(after) - 0.5)).isLessThan(fiveErrors(after.size()));
  }

  @Test
  void aDriftOfSelectionIsSeenInItsDays() {
    Fault drift = new Fault(Fault.Kind.SELECTION_DRIFT, WOMEN, 5, FAULT_DAY, -0.15);

    List<Scored> during =
        scored(
            traffic(drift),
            one ->
                one.time() >= 5 * DAY
                    && one.time() < FAULT_DAY * DAY
                    && one.values().contains("f"));

    assertThat(Math.abs(selection(during) - 0.35)).isLessThan(fiveErrors(during.size()));
  }

  @Test
  void aFaultChangesNothingOutsideItsSubgroupAndDays() {
    Map<String, String> subgroup = Map.of("sex", "f", "region", "south");
    Fault fault = new Fault(Fault.Kind.FALSE_POSITIVE_RISE, subgroup, 5, FAULT_DAY, 0.5);
    Predicate<Scored> outside =
        one ->
            !one.values().equals(List.of("f", "south"))
                || one.time() < 5 * DAY
                || one.time() >= FAULT_DAY * DAY;

    assertThat(scored(traffic(fault), outside)).isEqualTo(scored(traffic(), outside));
    assertThat(known(traffic(fault))).isEqualTo(known(traffic()));
    assertThat(scored(traffic(fault), outside.negate()))
        .isNotEqualTo(scored(traffic(), outside.negate()));
  }

  @Test
  void positivesAreKnownEarlierThanNegatives() {
    Map<String, Long> predicted = new HashMap<>();
    scored(traffic(), one -> true).forEach(one -> predicted.put(one.id(), one.time()));
    double[] delays = new double[2];
    long[] counts = new long[2];
    for (Known label : known(traffic()).values()) {
      delays[label.value()] += label.time() - predicted.getOrDefault(label.id(), 0L);
      counts[label.value()]++;
    }

    assertThat(delays[1] / counts[1]).isLessThan(delays[0] / counts[0] / 2);
  }

  @Test
  void theScoreAgreesWithTheDecision() {
    assertThat(scored(traffic(), one -> true))
        .allMatch(one -> (one.score() >= Prediction.FULL_SCORE / 2) == (one.decision() == 1))
        .allMatch(one -> one.score() <= Prediction.FULL_SCORE);
  }

  @Test
  void predictionAndLabelBecomeEventsOfOneId() {
    IdHash.Key key = new IdHash.Key(1, 2);
    Prediction prediction =
        new Scored("t1", 5, List.of("f"), 1, 700_000).toPrediction(key, "m", "1");
    Label label = new Known("t1", 9, 1).toLabel(key);

    assertThat(prediction.id()).isEqualTo(label.id());
    assertThat(prediction.cell().values()).containsExactly("f");
    assertThat(label.happened()).isEqualTo(9);
  }

  @Test
  void aFaultOfAnUnknownAttributeIsRefused() {
    assertThatThrownBy(
            () -> traffic(Fault.from(1, Fault.Kind.SELECTION_DRIFT, Map.of("age", "old"), 0.1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must name attributes of [sex, region]");
  }
}
