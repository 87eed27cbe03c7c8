package dev.plumbline.state.metric.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.ranking.RankedQuery.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RankingTest {

  private static final RankedQuery QUERY =
      new RankedQuery(
          List.of(
              new Item("a", "human", 0.5, 1),
              new Item("b", "generated", 0.9, 0),
              new Item("c", "human", 0.5, 2),
              new Item("d", "other", 0.1, 3)));

  @Test
  void equalScoresRankTheGreaterIdFirst() {
    assertThat(QUERY.items()).extracting(Item::id).containsExactly("b", "c", "a", "d");
  }

  @Test
  void aSourceIsJudgedByItsOwnItems() {
    double log3 = StrictMath.log(3) / StrictMath.log(2);

    assertThat(QUERY.ndcg("human", 3).getAsDouble())
        .isCloseTo((2 / log3 + 1.0 / 2) / (2 + 1 / log3), within(1e-12));
    assertThat(QUERY.averagePrecision("human", 2).getAsDouble()).isCloseTo(0.25, within(1e-12));
    assertThat(QUERY.ndcg("generated", 3)).as("no relevant item").isEmpty();
    assertThat(QUERY.averagePrecision("nobody", 3)).isEmpty();
    assertThat(QUERY.exposed("human", 2)).isOne();
  }

  @Test
  void momentsAreExactInAnyOrder() {
    SplittableRandom random = new SplittableRandom(1);
    List<QueryMoments> single = new ArrayList<>();
    QueryMoments backward = QueryMoments.EMPTY;
    for (int i = 0; i < 200; i++) {
      QueryMoments one =
          QueryMoments.of(
              OptionalDouble.of(random.nextDouble()), OptionalDouble.of(random.nextDouble()));
      single.add(one);
      backward = one.merge(backward);
    }
    QueryMoments forward = single.stream().reduce(QueryMoments.EMPTY, QueryMoments::merge);

    assertThat(forward).isEqualTo(backward);
    assertThat(forward.standardError().getAsDouble())
        .isCloseTo(QueryMoments.jackknife(single).getAsDouble(), within(0.2));
    assertThat(forward.interval().orElseThrow().contains(forward.relativeDelta().getAsDouble()))
        .isTrue();
  }

  @Test
  void aQueryWithoutRelevantItemsOfASourceIsCountedApart() {
    QueryMoments one = QueryMoments.of(OptionalDouble.of(1), OptionalDouble.empty());

    assertThat(one.excluded()).isOne();
    assertThat(one.humanMean()).isEmpty();
    assertThat(one.relativeDelta()).isEmpty();
    assertThat(QueryMoments.jackknife(List.of(one))).isEmpty();
  }

  @Test
  void atSaturationThereIsNoInterval() {
    QueryMoments one = QueryMoments.of(OptionalDouble.of(0), OptionalDouble.of(0.5));
    QueryMoments two = one.merge(QueryMoments.of(OptionalDouble.of(0), OptionalDouble.of(1)));

    assertThat(two.relativeDelta()).hasValue(-200);
    assertThat(two.standardError()).hasValue(0);
    assertThat(two.interval()).isEmpty();
    assertThat(one.standardError()).as("one query").isEmpty();
  }

  @Test
  void exposureIsAgainstTheCandidates() {
    Exposure one = Exposure.of(QUERY, "human", 2);

    assertThat(one.share()).hasValue(0.5);
    assertThat(one.poolShare()).hasValue(0.5);
    assertThat(one.amplification()).hasValue(1);
    assertThat(Exposure.empty(2).share()).isEmpty();
    assertThat(Exposure.empty(2).amplification()).isEmpty();
    assertThat(one.merge(Exposure.empty(2))).isEqualTo(one);
    assertThatThrownBy(() -> one.merge(Exposure.empty(3))).hasMessageContaining("2 and 3");
  }

  @Test
  void tiedTwinsCountHalf() {
    TwinWins wins = TwinWins.of(1, 0).merge(TwinWins.of(1, 1)).merge(TwinWins.of(0, 1));

    assertThat(wins).isEqualTo(new TwinWins(1, 1, 1));
    assertThat(wins.rate()).hasValue(0.5);
    assertThat(wins.interval().orElseThrow().contains(0.5)).isTrue();
    assertThat(TwinWins.EMPTY.rate()).isEmpty();
    assertThat(TwinWins.EMPTY.interval()).isEmpty();
  }

  @Test
  void aPhaseIsLeftOnlyWellBeyondItsLimit() {
    assertThat(Phase.of(0.34)).isEqualTo(Phase.COEXISTENCE);
    assertThat(Phase.HUMAN.next(0.35)).isEqualTo(Phase.HUMAN);
    assertThat(Phase.HUMAN.next(0.37)).isEqualTo(Phase.COEXISTENCE);
    assertThat(Phase.HUMAN.next(0.68)).isEqualTo(Phase.COEXISTENCE);
    assertThat(Phase.COEXISTENCE.next(0.31)).isEqualTo(Phase.COEXISTENCE);
    assertThat(Phase.COEXISTENCE.next(0.29)).isEqualTo(Phase.HUMAN);
    assertThat(Phase.GENERATED.next(0.65)).isEqualTo(Phase.GENERATED);
    assertThat(Phase.GENERATED.next(0.1)).isEqualTo(Phase.HUMAN);
  }

  @Test
  void aLoopThatFallsAmplifies() {
    FeedbackLoop loop =
        new FeedbackLoop(
            List.of(OptionalDouble.of(-10), OptionalDouble.empty(), OptionalDouble.of(-50)));

    assertThat(loop.amplification(2)).hasValue(-40);
    assertThat(loop.amplification(1)).isEmpty();
    assertThat(loop.slope()).hasValue(-20);
    assertThat(new FeedbackLoop(List.of(OptionalDouble.of(1))).slope()).isEmpty();
  }

  @Test
  void whatIsNoRankingIsRefused() {
    Item item = new Item("a", "human", 1, 0);
    assertThatThrownBy(() -> new RankedQuery(List.of(item, item)))
        .hasMessageContaining("each id once");
    assertThatThrownBy(() -> new Item("a", "human", Double.NaN, 0)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> QueryMoments.of(OptionalDouble.of(2), OptionalDouble.of(0)))
        .hasMessageContaining("[0, 1], was 2");
    assertThatThrownBy(() -> new TwinWins(-1, 0, 0)).hasMessageContaining("negative");
  }
}
