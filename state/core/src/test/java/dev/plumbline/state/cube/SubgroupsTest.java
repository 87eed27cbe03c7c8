package dev.plumbline.state.cube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Cell;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubgroupsTest {

  private static final List<String> ATTRIBUTES = List.of("region");

  @Test
  void valuesBeyondTheCapAreOther() {
    Subgroups subgroups = new Subgroups(ATTRIBUTES, 1, 2);

    assertThat(subgroups.capped(List.of("north"))).containsExactly("north");
    assertThat(subgroups.capped(List.of("east"))).containsExactly("east");
    assertThat(subgroups.capped(List.of("south"))).containsExactly(Cell.OTHER);
  }

  @Test
  void admittedValuesStaySoAfterARestoreWhateverWasSeenFirst() {
    Subgroups before = new Subgroups(ATTRIBUTES, 1, 2);
    before.capped(List.of("north"));
    before.capped(List.of("east"));
    before.of(List.of("south"));
    before.of(List.of("north"));

    Subgroups after = new Subgroups(ATTRIBUTES, 1, 2);
    after.restoreAdmitted(before.admitted());
    before.seen().forEach(after::of);

    assertThat(after.capped(List.of("south"))).containsExactly(Cell.OTHER);
    assertThat(after.capped(List.of("east"))).containsExactly("east");
    assertThat(after.seen()).containsExactlyElementsOf(before.seen());
  }

  @Test
  void whatWasFoldedTakesNoPlaceOfAValue() {
    Subgroups subgroups = new Subgroups(ATTRIBUTES, 1, 1);

    subgroups.of(List.of(Cell.OTHER));

    assertThat(subgroups.capped(List.of("north"))).containsExactly("north");
  }
}
