package dev.plumbline.state.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class CohortCountsTest {

  private static final Shape SHAPE = new Shape(2, 2, 1);
  private static final CubeRules RULES =
      new CubeRules(
          List.of("region"),
          1,
          1,
          List.of(Set.of()),
          1,
          SHAPE,
          CubeRules.NOT_SAMPLED,
          1,
          List.of(),
          List.of(new LabelAge(LabelAge.FINAL, 100)));

  @Test
  void lateLabelsOfTheReferenceCountForWhatItsValuesAreFrozenTo() {
    Folding folding = new Folding(RULES, new Folding.Era(10, 20));
    CohortCounts counts = new CohortCounts(RULES, 1, folding);
    predict(10, "frequent", 3, folding, counts);
    predict(11, "rare", 1, folding, counts);
    folding.close(20);
    counts.arm();

    counts.apply(25, new Labelled(cell("rare"), 11, 0, false, 1, 1, 0), 1);

    assertThat(names(counts)).containsExactlyInAnyOrder("all", "region=frequent", "region=other");
    int other = names(counts).indexOf("region=other");
    assertThat(counts.predicted(other, 11)).startsWith(0, 1);
    assertThat(counts.labelled(other, 11)[SHAPE.index(0, 1, 1)]).isOne();
  }

  private static List<String> names(CohortCounts counts) {
    return IntStream.range(0, counts.watched()).mapToObj(i -> counts.subgroup(i).name()).toList();
  }

  private static void predict(
      long pane, String value, long amount, Folding folding, CohortCounts counts) {
    folding.see(List.of(value), amount);
    folding.close(pane);
    counts.apply(pane, new Predicted(cell(value), pane, 1, 0), amount);
  }

  private static Cell cell(String value) {
    return new Cell("m", "v", List.of(value));
  }
}
