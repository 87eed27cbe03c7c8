package dev.plumbline.state.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.ranking.RankedQuery.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Where rankings tie, saturate or say nothing. */
final class RankingEdgeTest {

  private static QueryMoments moments(double human, double generated) {
    return QueryMoments.of(OptionalDouble.of(human), OptionalDouble.of(generated));
  }

  private static QueryMoments sum(List<QueryMoments> single) {
    return single.stream().reduce(QueryMoments.EMPTY, QueryMoments::merge);
  }

  @Test
  void zeroTiesWithNegativeZero() {
    RankedQuery query =
        new RankedQuery(List.of(new Item("a", "human", 0.0, 1), new Item("b", "human", -0.0, 1)));

    assertThat(query.items()).extracting(Item::id).containsExactly("b", "a");
    assertThat(TwinWins.of(0.0, -0.0)).isEqualTo(new TwinWins(0, 1, 0));
  }

  @Test
  void idsOfEqualBytesRankTheSameInAnyOrderOfArrival() {
    Item one = new Item("\ud800", "human", 1, 1);
    Item two = new Item("\ud801", "human", 1, 1);

    assertThat(new RankedQuery(List.of(one, two))).isEqualTo(new RankedQuery(List.of(two, one)));
  }

  @Test
  void aTwinWithoutAScoreIsRefused() {
    assertThatThrownBy(() -> TwinWins.of(Double.NaN, 1)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> TwinWins.of(1, Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void twinsThatAllLoseStillLeaveRoomForAWin() {
    Interval lost = new TwinWins(0, 0, 25).interval().orElseThrow();

    assertThat(lost.low()).isZero();
    assertThat(lost.high()).isCloseTo(0.13319, within(1e-5));
    assertThat(new TwinWins(7, 0, 13).interval()).isEqualTo(Intervals.wilson(new Rate(7, 20)));
    assertThat(new TwinWins(5, 4, 11).interval()).isEqualTo(Intervals.wilson(new Rate(7, 20)));
    assertThat(new TwinWins(0, 3, 0).interval().orElseThrow().low()).isBetween(0.01, 0.49);
    assertThat(new TwinWins(3, 0, 0).interval().orElseThrow().high()).isEqualTo(1);
  }

  @Test
  void aRankingIsCutAtOneItemAtLeast() {
    RankedQuery query = new RankedQuery(List.of(new Item("a", "human", 1, 1)));

    assertThatThrownBy(() -> query.ndcg("human", 0)).hasMessageContaining("at least 1, was 0");
    assertThatThrownBy(() -> query.averagePrecision("human", 0)).hasMessageContaining("was 0");
    assertThatThrownBy(() -> query.exposed("human", -1)).hasMessageContaining("was -1");
    assertThat(query.ndcg("human", 1)).hasValue(1);
  }

  @Test
  void theJackknifeIsUndefinedIfAnyPartIs() {
    List<QueryMoments> one = List.of(moments(0.5, 0.25), moments(0, 0));

    assertThat(sum(one).relativeDelta()).isPresent();
    assertThat(QueryMoments.jackknife(one)).isEmpty();
    assertThatThrownBy(() -> QueryMoments.jackknife(List.of(sum(one))))
        .hasMessageContaining("single queries, was one of 2");
  }

  @Test
  void theJackknifeIsTheSameInAnyOrder() {
    for (int seed = 0; seed < 40; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<QueryMoments> single = new ArrayList<>();
      for (int i = 0; i < 101; i++) {
        single.add(moments(random.nextDouble(), random.nextDouble()));
      }
      List<QueryMoments> reversed = new ArrayList<>(single);
      Collections.reverse(reversed);

      assertThat(QueryMoments.jackknife(reversed)).isEqualTo(QueryMoments.jackknife(single));
    }
  }

  @Test
  void theErrorIsThatOfTheNaiveCovariance() {
    SplittableRandom random = new SplittableRandom(3);
    int n = 400;
    double[] h = random.doubles(n).toArray();
    double[] a = random.doubles(n).map(value -> value * value).toArray();
    QueryMoments all = QueryMoments.EMPTY;
    double meanH = 0;
    double meanA = 0;
    for (int i = 0; i < n; i++) {
      all = all.merge(moments(h[i], a[i]));
      meanH += h[i] / n;
      meanA += a[i] / n;
    }
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double slope = 400 * (meanA * (h[i] - meanH) - meanH * (a[i] - meanA));
      squares += slope * slope / Math.pow(meanH + meanA, 4);
    }

    assertThat(all.standardError().getAsDouble())
        .isCloseTo(Math.sqrt(squares / (n - 1) / n), within(1e-9));
    assertThat(all.relativeDelta().getAsDouble())
        .isCloseTo(200 * (meanH - meanA) / (meanH + meanA), within(1e-9));
  }

  @Test
  void equalQueriesTellNoError() {
    for (int i = 1; i <= 9; i++) {
      QueryMoments one = moments(1.0 / i, 1.0 / 7);
      QueryMoments two = one.merge(one);

      assertThat(two.standardError()).as("1/%d", i).hasValue(0);
      assertThat(two.interval()).isEmpty();
    }
  }

  @Test
  void saturationIsDecidedByTheSums() {
    assertThat(moments(0, 1e-12).isSaturated()).isTrue();
    assertThat(moments(0.3, 0).isSaturated()).isTrue();
    assertThat(moments(0.3, 1e-12).isSaturated()).isFalse();
    assertThat(moments(0, 0).isSaturated()).as("undefined").isFalse();
    assertThat(QueryMoments.EMPTY.isSaturated()).isFalse();
  }

  @Test
  void whatNoQueriesCanSumToIsRefused() {
    assertThatThrownBy(() -> new QueryMoments(-1, 0, 0, 0, 0, 0, 0))
        .hasMessageContaining("not be negative");
    assertThatThrownBy(() -> new QueryMoments(1, 0, -5, 0, 0, 0, 0))
        .hasMessageContaining("not be negative");
    assertThatThrownBy(() -> QueryMoments.relativeDelta(-0.5, 0.5))
        .hasMessageContaining("at least 0");
    assertThatThrownBy(() -> QueryMoments.relativeDelta(Double.NaN, 0.5))
        .hasMessageContaining("at least 0");
  }

  @Test
  void aShareOfNothingHasNoPhase() {
    assertThatThrownBy(() -> Phase.of(Double.NaN)).hasMessageContaining("[0, 1], was NaN");
    assertThatThrownBy(() -> Phase.HUMAN.next(1.2)).hasMessageContaining("[0, 1], was 1.2");
    assertThat(Phase.HUMAN.next(1)).isEqualTo(Phase.GENERATED);
    assertThat(Phase.GENERATED.next(0)).isEqualTo(Phase.HUMAN);
  }
}
