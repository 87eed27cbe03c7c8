package dev.plumbline.testkit;

import static java.util.Comparator.comparing;

import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.record.Label;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** How labels make an outcome, for {@link NaiveJoin}. */
record NaiveOutcomes(Outcomes rules) {

  /** What a list of labels says, without those before the last withdrawal; empty: nothing. */
  OptionalInt of(List<Label> list) {
    List<Integer> values = list.stream().map(Label::value).toList();
    List<Integer> valid = values.subList(values.lastIndexOf(Label.WITHDRAWN) + 1, values.size());
    Comparator<Integer> votes = comparing((Integer value) -> Collections.frequency(valid, value));
    return valid.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            switch (rules.combination()) {
              case LAST -> valid.get(valid.size() - 1);
              case FIRST -> valid.get(0);
              case MAX -> Collections.max(valid);
              case MAJORITY -> Collections.max(valid, votes.thenComparing(valid::lastIndexOf));
            });
  }
}
