package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.join.Outcomes.Combination;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads how the labels of a prediction make its outcome.
 *
 * @param labels the place of the label feed
 * @param decisions classes of the decisions; empty where none is mapped
 */
record OutcomesReader(Cursor labels, Monitor.Outcome outcome, Set<String> decisions) {

  Outcomes outcomes(Span horizon) {
    String combination = labels.at("combine").text("last").toUpperCase(Locale.ROOT);
    return new Outcomes(
        labels.at("combine").isSound() ? Combination.valueOf(combination) : Combination.LAST,
        absence(horizon),
        isFinal());
  }

  private boolean isFinal() {
    boolean isFinal = labels.at("final").text("false").equals("true");
    Cursor combine = labels.at("combine");
    if (isFinal && Set.of("max", "majority").contains(combine.text("last"))) {
      combine.refuse("first or last, as labels are final", "remove one of them");
    }
    return isFinal;
  }

  private Optional<Absence> absence(Span horizon) {
    Cursor place = labels.at("absent");
    if (!place.isMapping() || !place.at("after").isPresent()) {
      return Optional.empty();
    }
    Span after = place.at("after").span(horizon);
    if (after.millis() <= 0 || after.millis() > horizon.millis()) {
      place
          .at("after")
          .refuse(
              "a time after the prediction of at most labels.horizon = " + horizon,
              "a label that comes later than the horizon would not count; raise the horizon");
      return Optional.empty();
    }
    int label = place.at("label").text("?").equals(outcome.positiveLabel()) ? 1 : 0;
    return Optional.of(new Absence(after.millis(), label, onlyDecision(place)));
  }

  private OptionalInt onlyDecision(Cursor absent) {
    Cursor place = absent.at("only_if").at("decision");
    if (!place.isPresent()) {
      return OptionalInt.empty();
    }
    String decision = place.text("?");
    if (!decisions.isEmpty() && !decisions.contains(decision)) {
      place.refuse(
          "a class of the decisions (" + String.join(", ", decisions) + ")",
          Suggestion.remedy(decision, decisions));
    }
    return OptionalInt.of(decision.equals(outcome.positiveDecision()) ? 1 : 0);
  }
}
