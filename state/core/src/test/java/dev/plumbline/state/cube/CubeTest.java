package dev.plumbline.state.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is stated again when attributes that become known late move predictions. */
final class CubeTest {

  private static final int MIN = 20;

  private static final CubeRules RULES =
      new CubeRules(
          List.of("sex"),
          1,
          10,
          List.of(Set.of("F", "M")),
          Set.of("sex"),
          MIN,
          new Shape(2, 3, 1),
          CubeRules.NOT_SAMPLED,
          1,
          List.of(new WindowSpec("2h", 2, 2), new WindowSpec("all", 0, 1)),
          List.of(new LabelAge(LabelAge.FINAL, 10)));

  private final Folding folding = new Folding(RULES, Folding.Era.NONE);
  private final Cube cube = new Cube("m", RULES, folding, List.of(LabelAge.LABEL_FREE));
  private final List<String> statements = new ArrayList<>();

  private void add(long arrival, String sex, long amount) {
    cube.apply(arrival, new Predicted(new Cell("m", "v", List.of(sex)), 0, 1, 0), amount);
  }

  /** What is stated at the close of a pane, everybody left out. */
  private List<String> close(long pane) {
    statements.clear();
    cube.close(
        pane,
        statement ->
            statements.add(
                "%s %s %d of %d"
                    .formatted(
                        statement.window().spec().name(),
                        name(statement.subgroup()),
                        statement.tally().predictions(),
                        statement.everybody().predictions())));
    return statements.stream().filter(s -> s.contains("=")).toList();
  }

  private static String name(Subgroup subgroup) {
    return subgroup.terms().stream()
        .map(term -> term.attribute() + "=" + term.value())
        .collect(Collectors.joining());
  }

  private static String[] inBoth(String... statements) {
    return Stream.of("2h ", "all ")
        .flatMap(window -> Stream.of(statements).map(statement -> window + statement))
        .toArray(String[]::new);
  }

  @Test
  void aSubgroupThatIsTooSmallNowIsStatedWithoutACount() {
    add(0, Cell.MISSING, 30);
    add(0, "F", 25);
    close(0);
    close(1);
    add(3, Cell.MISSING, -30);
    add(3, "M", 30);
    add(3, "F", -10);
    add(3, "M", 10);

    assertThat(close(3))
        .containsExactlyInAnyOrder(
            inBoth("sex=M 40 of 55", "sex=F 0 of 55", "sex=" + Cell.MISSING + " 0 of 55"));

    add(4, "F", -1);
    add(4, "M", 1);
    assertThat(close(4))
        .as("that it was too small is said once")
        .containsExactlyInAnyOrder(inBoth("sex=M 41 of 55"));
  }

  @Test
  void aSubgroupThatWasTooSmallBeforeIsNotNamed() {
    add(0, "F", MIN - 1);
    add(0, "M", 50);
    close(0);
    close(1);
    add(3, "F", -5);
    add(3, "M", 5);

    assertThat(close(3)).containsExactlyInAnyOrder(inBoth("sex=M 55 of 69"));
  }
}
