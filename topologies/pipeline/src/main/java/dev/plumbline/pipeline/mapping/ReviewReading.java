package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.Review;
import dev.plumbline.pipeline.monitor.Selection;
import dev.plumbline.state.record.Sampling;
import java.util.List;
import java.util.Optional;

/** Reads how the label of a prediction is sampled. */
record ReviewReading(
    boolean isMapped,
    Optional<FieldReading.Classes> acted,
    Optional<AttributeReading> stratum,
    Sieve selected) {

  /** Compiles it; {@code positive} is the positive decision. */
  static ReviewReading of(Review review, String positive) {
    return new ReviewReading(
        !review.equals(Review.NONE),
        review.acted().map(field -> FieldReading.Classes.of(field, positive)),
        review.stratum().map(AttributeReading::of),
        new Sieve(new Selection(List.copyOf(review.selected()), Optional.empty(), false)));
  }

  Sampling sampling(Row row) {
    if (!isMapped) {
      return Sampling.NONE;
    }
    return new Sampling(
        stratum.map(field -> field.value(row)).orElse(""),
        acted.map(field -> field.code(row)).orElse(Sampling.DECIDED),
        selected.admits(row));
  }
}
