package dev.plumbline.state.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FoldingTest {

  private static final Folding.Era REFERENCE = new Folding.Era(10, 20);

  @Test
  void theMostFrequentValuesOfTheReferenceAreFrozen() {
    Folding folding = new Folding(rules(2, Set.of()), REFERENCE);

    see(folding, 10, "north", 1);
    see(folding, 11, "east", 5);
    see(folding, 12, "south", 3);
    folding.close(20);

    assertThat(folding.fold(20, List.of("east"))).containsExactly("east");
    assertThat(folding.fold(20, List.of("south"))).containsExactly("south");
    assertThat(folding.fold(20, List.of("north"))).containsExactly(Cell.OTHER);
    assertThat(folding.fold(10, List.of("north"))).as("before the end").containsExactly("north");
    assertThat(folding.frozen(List.of("north"))).as("in evidence").containsExactly(Cell.OTHER);
  }

  @Test
  void whatCameBeforeOrAfterTheReferenceDoesNotDecide() {
    Folding folding = new Folding(rules(1, Set.of()), REFERENCE);

    see(folding, 9, "before", 100);
    see(folding, 15, "within", 1);
    see(folding, 20, "after", 100);

    assertThat(folding.fold(21, List.of("within"))).containsExactly("within");
    assertThat(folding.fold(21, List.of("before"))).containsExactly(Cell.OTHER);
    assertThat(folding.fold(21, List.of("after"))).containsExactly(Cell.OTHER);
  }

  @Test
  void namedAndMissingValuesAreNeverFolded() {
    Folding folding = new Folding(rules(1, Set.of("rare")), REFERENCE);

    see(folding, 10, "frequent", 100);
    folding.close(20);

    assertThat(folding.fold(20, List.of("rare"))).containsExactly("rare");
    assertThat(folding.fold(20, List.of("frequent"))).as("cap").containsExactly(Cell.OTHER);
    assertThat(folding.fold(20, List.of(Cell.MISSING))).containsExactly(Cell.MISSING);
  }

  @Test
  void beforeAReferenceTheCapHoldsPerPane() {
    Folding folding = new Folding(rules(2, Set.of()), Folding.Era.NONE);
    List<String> values = List.of("a", "b", "c", "d");

    values.forEach(value -> folding.see(List.of(value), 1));
    folding.close(3);
    see(folding, 4, "c", 1);

    Set<String> kept = new TreeSet<>();
    values.forEach(value -> kept.addAll(folding.fold(3, List.of(value))));
    assertThat(kept).hasSize(3).contains(Cell.OTHER);
    assertThat(folding.fold(4, List.of("c"))).as("a pane with few").containsExactly("c");
  }

  @Test
  void theOrderOfSeeingDecidesNothing() {
    List<String> values = List.of("a", "b", "c", "d", "e");
    List<String> reversed = new ArrayList<>(values);
    Collections.reverse(reversed);

    Folding one = new Folding(rules(2, Set.of()), Folding.Era.NONE);
    Folding other = new Folding(rules(2, Set.of()), Folding.Era.NONE);
    values.forEach(value -> one.see(List.of(value), 1));
    reversed.forEach(value -> other.see(List.of(value), 1));
    one.close(3);
    other.close(3);

    for (String value : values) {
      assertThat(one.fold(3, List.of(value))).isEqualTo(other.fold(3, List.of(value)));
    }
  }

  @Test
  void withoutPredictionsInTheReferenceNothingIsFrozen() {
    Folding folding = new Folding(rules(1, Set.of()), REFERENCE);

    see(folding, 25, "new", 1);

    assertThat(folding.fold(25, List.of("new"))).containsExactly("new");
  }

  @Test
  void aRestoredFoldingFoldsTheSame() {
    Folding before = new Folding(rules(1, Set.of()), REFERENCE);
    before.see(List.of("a"), 1);
    before.see(List.of("b"), 2);
    before.close(12);
    see(before, 20, "a", 1);
    ByteWriter bytes = new ByteWriter();
    before.write(bytes);

    Folding after = new Folding(rules(1, Set.of()), REFERENCE);
    after.read(new ByteReader(bytes.toBytes()));

    for (long pane : new long[] {12, 20, 21}) {
      for (String value : List.of("a", "b", "c")) {
        assertThat(after.fold(pane, List.of(value))).isEqualTo(before.fold(pane, List.of(value)));
      }
    }
  }

  @Test
  void valuesThatBecomeKnownLaterAreFoldedByTheCapToo() {
    Folding folding = new Folding(elsewhere(2), Folding.Era.NONE);
    List<String> values = List.of("a", "b", "c", "d");
    see(folding, 3, Cell.MISSING, 4);

    values.forEach(value -> move(folding, 3, value, 1));
    folding.close(5);

    Set<String> kept = new TreeSet<>();
    values.forEach(value -> kept.addAll(folding.fold(3, List.of(value))));
    assertThat(kept).hasSize(3).contains(Cell.OTHER);
    assertThat(folding.fold(3, List.of(Cell.MISSING))).containsExactly(Cell.MISSING);
  }

  @Test
  void aValueThatStandsForItselfDoesSoForGood() {
    Folding folding = new Folding(elsewhere(1), Folding.Era.NONE);

    see(folding, 3, "first", 1);
    see(folding, 4, "second", 100);
    move(folding, 3, "second", 1);
    move(folding, 3, "first", -1);
    folding.close(5);

    assertThat(folding.fold(3, List.of("first"))).containsExactly("first");
    assertThat(folding.fold(4, List.of("second"))).containsExactly(Cell.OTHER);
  }

  @Test
  void whatBecomesKnownBeforeTheReferenceEndsMakesAValueFrequent() {
    Folding folding = new Folding(elsewhere(2), REFERENCE);
    see(folding, 10, Cell.MISSING, 5);
    see(folding, 11, "early", 1);
    move(folding, 10, "north", 5);
    move(folding, 10, Cell.MISSING, -5);
    move(folding, 11, "early", -1);
    move(folding, 11, "north", 1);
    folding.close(13);

    see(folding, 20, "new", 100);

    assertThat(folding.fold(20, List.of("north"))).containsExactly("north");
    assertThat(folding.fold(20, List.of("early"))).as("nobody's").containsExactly(Cell.OTHER);
    assertThat(folding.fold(20, List.of("new"))).containsExactly(Cell.OTHER);
    move(folding, 20, "newer", 1);
    folding.close(21);
    assertThat(folding.fold(20, List.of("newer"))).as("moved").containsExactly(Cell.OTHER);
  }

  @Test
  void aRestoredFoldingKnowsTheFirstValuesFromElsewhere() {
    Folding before = new Folding(elsewhere(1), REFERENCE);
    see(before, 3, Cell.MISSING, 2);
    move(before, 3, "a", 1);
    before.close(4);
    ByteWriter bytes = new ByteWriter();
    before.write(bytes);

    Folding after = new Folding(elsewhere(1), REFERENCE);
    after.read(new ByteReader(bytes.toBytes()));
    move(after, 3, "b", 1);
    after.close(5);

    assertThat(after.fold(3, List.of("a"))).containsExactly("a");
    assertThat(after.fold(3, List.of("b"))).containsExactly(Cell.OTHER);
  }

  private static void move(Folding folding, long pane, String value, long amount) {
    folding.seeMoved(pane, List.of(value), amount);
  }

  private static CubeRules elsewhere(int cap) {
    return rules(cap, Set.of()).withElsewhere(Set.of("region"));
  }

  private static void see(Folding folding, long pane, String value, long amount) {
    folding.see(List.of(value), amount);
    folding.close(pane);
  }

  private static CubeRules rules(int cap, Set<String> named) {
    return new CubeRules(
        List.of("region"),
        1,
        cap,
        List.of(named),
        1,
        new Shape(2, 2, 1),
        CubeRules.NOT_SAMPLED,
        1,
        List.of(),
        List.of(new LabelAge(LabelAge.FINAL, 100)));
  }
}
