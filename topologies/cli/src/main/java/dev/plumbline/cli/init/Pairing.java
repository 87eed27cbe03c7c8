package dev.plumbline.cli.init;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Predictions and labels that belong together.
 *
 * @param known when a label became known; empty: the Kafka timestamp
 * @param happened when it happened; empty: when it became known
 * @param matched share of the sampled ids of labels that a sampled prediction has
 * @param predictionOf by label: the first prediction of its id; -1 where the sample has none
 */
@SuppressWarnings("ArrayRecordComponent") // long columns; nobody compares them
record Pairing(
    Side predictions,
    Side labels,
    Column time,
    Optional<Column> known,
    Optional<Column> happened,
    Column predictionId,
    Column labelId,
    double matched,
    int[] predictionOf) {

  /** One kind of records of an input. */
  record Side(Input input, Kinds.Kind kind, Profile profile) {

    /** Records of the kind that there are, as far as the sample tells. */
    double total() {
      double share = (double) kind.events().size() / input.sample().records().size();
      return share * input.sample().total();
    }
  }

  /** When predictions were made; {@link TimeColumn#NONE} where unreadable. */
  long[] times() {
    return time.time().orElseThrow().millis();
  }

  /** When labels became known. */
  long[] knownTimes() {
    return known
        .map(column -> column.time().orElseThrow().millis())
        .orElseGet(
            () ->
                labels.profile().events().stream()
                    .mapToLong(event -> event.sighting().timestamp())
                    .toArray());
  }

  /** When labels happened. */
  long[] happenedTimes() {
    return happened.map(column -> column.time().orElseThrow().millis()).orElseGet(this::knownTimes);
  }

  /** From the prediction until its label happened, of those that matched; ascending. */
  long[] delays() {
    return between(times(), happenedTimes());
  }

  /** From when a label happened until it became known; ascending. */
  long[] reporting() {
    long[] from = happenedTimes();
    long[] to = knownTimes();
    return IntStream.range(0, from.length)
        .filter(i -> from[i] != TimeColumn.NONE && to[i] != TimeColumn.NONE)
        .mapToLong(i -> Math.max(0, to[i] - from[i]))
        .sorted()
        .toArray();
  }

  private long[] between(long[] ofPredictions, long[] ofLabels) {
    return IntStream.range(0, predictionOf.length)
        .filter(i -> predictionOf[i] >= 0)
        .filter(i -> ofPredictions[predictionOf[i]] != TimeColumn.NONE)
        .filter(i -> ofLabels[i] != TimeColumn.NONE)
        .mapToLong(i -> ofLabels[i] - ofPredictions[predictionOf[i]])
        .sorted()
        .toArray();
  }

  /** Labels whose prediction is in the sample. */
  long matches() {
    return Arrays.stream(predictionOf).filter(place -> place >= 0).count();
  }

  /** For each label the first prediction that has its id. */
  static int[] matches(Column predictionId, Column labelId) {
    Map<String, Integer> first = new HashMap<>();
    for (int i = 0; i < predictionId.texts().size(); i++) {
      int place = i;
      predictionId.texts().get(i).ifPresent(text -> first.putIfAbsent(text, place));
    }
    return labelId.texts().stream()
        .mapToInt(text -> text.map(one -> first.getOrDefault(one, -1)).orElse(-1))
        .toArray();
  }
}
