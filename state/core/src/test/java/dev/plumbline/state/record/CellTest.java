package dev.plumbline.state.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.cube.Cube.CellKey;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CellTest {

  private static final List<String> ONE = List.of("a, b", "c");
  private static final List<String> OTHER = List.of("a", "b, c");

  @Test
  void cellsWhoseJoinedValuesReadTheSameAreTwo() {
    assertThat(new Cell("m", "v", ONE)).isNotEqualByComparingTo(new Cell("m", "v", OTHER));
    assertThat(key(ONE)).isNotEqualByComparingTo(key(OTHER));
    assertThat(new TreeSet<>(List.of(key(ONE), key(OTHER)))).hasSize(2);
  }

  @Test
  void cellsThatAreSampledInAnotherWayAreTwo() {
    Cell one = new Cell("m", "v", ONE, new Sampling("high", Sampling.DECIDED, true));

    for (Sampling sampling :
        List.of(
            Sampling.NONE,
            new Sampling("high", 0, true),
            new Sampling("high", Sampling.DECIDED, false))) {
      Cell other = new Cell("m", "v", ONE, sampling);
      assertThat(other).isNotEqualTo(one).isNotEqualByComparingTo(one);
    }
  }

  private static CellKey key(List<String> values) {
    return new CellKey("v", values, Sampling.NONE);
  }

  @Test
  void cellsAreOrderedByTheFirstValueThatDiffersAndThenByTheirNumber() {
    assertThat(Cell.compareValues(List.of("a", "z"), List.of("b", "a"))).isNegative();
    assertThat(Cell.compareValues(List.of("a", "c"), List.of("a", "b"))).isPositive();
    assertThat(Cell.compareValues(List.of("a"), List.of("a", "b"))).isNegative();
    assertThat(Cell.compareValues(ONE, ONE)).isZero();
  }

  @Test
  void cellsHaveOneInstanceAsLongAsTheyAreKnown() {
    Cells cells = new Cells();
    Cell first = new Cell("m", "v", ONE);

    assertThat(cells.known(first)).isSameAs(first);
    assertThat(cells.known(new Cell("m", "v", ONE))).isSameAs(first);
  }
}
