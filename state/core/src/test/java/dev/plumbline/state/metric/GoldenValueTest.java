package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The yardstick is itself measured: a golden test that cannot fail proves nothing. */
final class GoldenValueTest {

  private final GoldenValue.Book book = new GoldenValue.Book(1e-9);

  private GoldenValue value(String json) throws Exception {
    JsonNode node = new ObjectMapper().readTree(json);
    return new GoldenValue(node, "value", book);
  }

  @Test
  void aValueWithinItsToleranceHolds() throws Exception {
    value("0.5").is(0.5 + 1e-10);
    value("null").is(OptionalDouble.empty());
    value("{}").at("absent").is(OptionalDouble.empty());

    assertThat(book.failures()).isEmpty();
    assertThat(book.compared()).isEqualTo(3);
  }

  @Test
  void everyOtherValueFails() throws Exception {
    value("0.5").is(0.5 + 1e-8);
    value("0.5").is(Double.NaN);
    value("null").is(0.0);
    value("0.5").is(OptionalDouble.empty());
    value("7").is(8L);
    value("7.5").is(7L);
    value("\"a\"").is("b");
    value("[1, 2]").is(new long[] {1});
    value("{\"tp\": 1, \"fp\": 0, \"fn\": 0}").is(new Confusion(1, 0, 0, 0));

    assertThat(book.failures()).hasSize(9);
  }

  @Test
  void anUnknownFieldFails() throws Exception {
    value("{\"known\": 1, \"strange\": 3}").fields(fields -> fields.at("known").is(1.0));

    assertThat(book.failures()).containsExactly("value.strange: unknown field");
  }

  @Test
  void pValuesAreComparedByTheirLogarithm() throws Exception {
    value("1e-20").pValue(1.0000001e-20, 1e-6);
    value("0").pValue(0, 1e-6);
    assertThat(book.failures()).isEmpty();

    value("1e-20").pValue(1.00001e-20, 1e-6);
    value("0").pValue(1e-300, 1e-6);
    value("1e-300").pValue(0, 1e-6);
    value("null").pValue(0.5, 1e-6);
    assertThat(book.failures()).hasSize(4);
  }

  @Test
  void rowsAreCountedInPartsThatHoldEachRowOnce() {
    GoldenRows rows =
        new GoldenRows(
            IntStream.range(0, 50).mapToObj(i -> Map.of("row_id", String.valueOf(i))).toList());

    Set<String> ids =
        rows.merged(
            part -> {
              Set<String> set = new TreeSet<>();
              part.rows()
                  .forEach(row -> assertThat(set.add(GoldenRows.cell(row, "row_id"))).isTrue());
              return set;
            },
            (one, other) -> {
              assertThat(one).doesNotContainAnyElementsOf(other);
              one.addAll(other);
              return one;
            });

    assertThat(ids).hasSize(50);
  }

  @Test
  void rowsAreFilteredByAllConditions() {
    GoldenRows rows =
        new GoldenRows(
            List.of(
                Map.of("row_id", "1", "sex", "F"),
                Map.of("row_id", "2", "sex", "M"),
                Map.of("row_id", "3", "sex", "F")));

    assertThat(rows.where("sex==F and 2<=row_id<=3").rows()).hasSize(1);
    assertThat(rows.where("sex in ['F', M]").rows()).hasSize(3);
    assertThat(rows.where("sex==M (a remark)").rows()).hasSize(1);
    assertThatThrownBy(() -> rows.where("sex ~ F")).hasMessageContaining("unknown filter");
    assertThatThrownBy(() -> rows.where("age==9")).hasMessageContaining("no column age");
  }

  @Test
  void quotedCellsMayHoldCommasAndQuotes() {
    assertThat(GoldenRows.cells("a,\"b,\"\"c\"\"\",,d")).containsExactly("a", "b,\"c\"", "", "d");
  }
}
