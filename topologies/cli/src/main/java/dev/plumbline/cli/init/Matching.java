package dev.plumbline.cli.init;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.init.Pairing.Side;
import dev.plumbline.pipeline.mapping.Inspection;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds which records are predictions, which are labels, and how these name those. */
final class Matching {

  /** Fewer ids in common may be so by chance. */
  private static final int LEAST_MATCHES = 10;

  private static final double LEAST_SHARE = 0.05;

  /** Share of the records that must have an id. */
  private static final double NEARLY_ALL = 0.95;

  /** Of ids of predictions at least this share differ: some are scored again. */
  private static final double UNIQUE = 0.5;

  private static final FieldPath OPERATION = FieldPath.of("envelope.op");

  private double best;
  private Optional<Pairing> found = Optional.empty();
  private double nearest;
  private String nearestPair = "no two fields have a value in common";
  private boolean hasTime;

  private Matching() {}

  /**
   * The best of all pairs.
   *
   * @throws Failure if labels and predictions have no id in common
   */
  static Pairing of(Input predictions, Input labels) {
    List<Side> first = sides(predictions);
    List<Side> second = predictions.equals(labels) ? first : sides(labels);
    Matching matching = new Matching();
    for (Side prediction : first) {
      for (Side label : second) {
        if (!prediction.equals(label)) {
          matching.consider(prediction, label);
        }
      }
    }
    return matching.found.orElseThrow(() -> matching.nothing(predictions, labels, first));
  }

  private static List<Side> sides(Input input) {
    return Kinds.of(input).stream()
        .map(kind -> new Side(input, kind, Profile.of(kind, input.isDebezium())))
        .toList();
  }

  private Failure nothing(Input predictions, Input labels, List<Side> sides) {
    String names = predictions.sample().name();
    if (predictions.equals(labels) && sides.size() == 1) {
      return Failure.problem(
          "%s: expected predictions and labels in one topic, told apart by the type of the record,"
                  .formatted(names)
              + " a header or a field, was records of one kind; name the labels with --labels");
    }
    if (!hasTime) {
      return Failure.problem(
          "%s: expected a field with the time of each prediction, in which the log is in order, was"
                  .formatted(names)
              + " none; the forms that are read are in topologies/pipeline/MONITOR.md");
    }
    return Failure.problem(
        "%s, %s: expected a field of the labels that names predictions, was none: %s; sample more"
                .formatted(names, labels.sample().name(), nearestPair)
            + " with --sample, or name inputs of the same time");
  }

  private void consider(Side predictions, Side labels) {
    Optional<Column> time = time(predictions.profile());
    if (time.isEmpty()) {
      return;
    }
    hasTime = true;
    List<Column> ids = ids(predictions.profile(), UNIQUE);
    for (Column labelId : ids(labels.profile(), 0)) {
      for (Column predictionId : ids) {
        consider(predictions, labels, time.get(), predictionId, labelId);
      }
    }
  }

  private void consider(
      Side predictions, Side labels, Column time, Column predictionId, Column labelId) {
    Set<String> common = new HashSet<>(labelId.counts().keySet());
    common.retainAll(predictionId.counts().keySet());
    double matched = (double) common.size() / labelId.distinct();
    if (matched > nearest) {
      nearest = matched;
      nearestPair =
          String.format(
              Locale.ROOT,
              "%s and %s have %d of %d in common",
              predictionId.place(),
              labelId.place(),
              common.size(),
              labelId.distinct());
    }
    if (common.size() < LEAST_MATCHES || matched < LEAST_SHARE) {
      return;
    }
    int[] places = Pairing.matches(predictionId, labelId);
    Optional<Column> known = known(labels);
    Pairing pairing =
        new Pairing(
            predictions,
            labels,
            time,
            known,
            Optional.empty(),
            predictionId,
            labelId,
            matched,
            places);
    double score = score(pairing);
    if (score > best) {
      best = score;
      found = Optional.of(withHappened(pairing));
    }
  }

  /* Labels come after their predictions: a number that counts rows would match as well. */
  private static double score(Pairing pairing) {
    long[] delays = pairing.delays();
    long after = Arrays.stream(delays).filter(delay -> delay >= 0).count();
    boolean isSame = pairing.predictionId().name().equals(pairing.labelId().name());
    return pairing.matched()
        + (delays.length == 0 ? 0 : (double) after / delays.length)
        + unique(pairing.predictionId())
        + (pairing.predictionId().isField() ? 0.02 : 0)
        + (Names.ID.names(pairing.predictionId()) ? 0.02 : 0)
        + (isSame ? 0.02 : 0);
  }

  private static double unique(Column column) {
    return (double) column.distinct() / column.present();
  }

  private static List<Column> ids(Profile profile, double least) {
    return profile.columns().stream()
        .filter(column -> column.share() >= NEARLY_ALL && column.distinct() >= LEAST_MATCHES)
        .filter(column -> column.time().isEmpty() || column.time().get().rivals().isEmpty())
        .filter(column -> !column.hasFractions() && unique(column) >= least)
        .filter(column -> !column.place().startsWith("envelope."))
        .toList();
  }

  /** The time in whose order the log is, by its name if there are several. */
  private static Optional<Column> time(Profile profile) {
    List<Column> orderly =
        profile.times().stream()
            .filter(column -> column.isField() && column.share() >= NEARLY_ALL)
            .filter(column -> !column.place().startsWith("envelope."))
            .filter(column -> column.time().orElseThrow().isOrderly())
            .toList();
    return orderly.stream().min(Names.PREDICTED.order().thenComparing(Matching::disorder));
  }

  private static long disorder(Column column) {
    return Quantiles.at(column.time().orElseThrow().disorder(), NEARLY_ALL);
  }

  /*
   * What became known is in the log in this order; what happened need not be. Changes that were
   * read from a snapshot say when it was taken, and not when anybody knew.
   */
  private static Optional<Column> known(Side labels) {
    long snapshots =
        labels.kind().events().stream()
            .filter(event -> Inspection.text(event.row().at(OPERATION)).equals(Optional.of("r")))
            .count();
    List<Column> times =
        labels.profile().times().stream()
            .filter(column -> column.isField() && column.share() >= NEARLY_ALL)
            .filter(column -> snapshots == 0 || !column.place().startsWith("envelope."))
            .toList();
    List<Column> orderly =
        times.stream().filter(column -> column.time().orElseThrow().isOrderly()).toList();
    if (orderly.isEmpty() && !labels.input().sample().hasTimestamps()) {
      return times.stream().min(Comparator.comparing(Matching::disorder));
    }
    return orderly.stream()
        .min(Comparator.comparing(Matching::isEnvelope).thenComparing(Names.KNOWN.order()));
  }

  private static boolean isEnvelope(Column column) {
    return column.place().startsWith("envelope.");
  }

  /** A second time of the labels, that is never after the first nor before the prediction. */
  private static Pairing withHappened(Pairing pairing) {
    List<Pairing> possible = new ArrayList<>();
    for (Column column : pairing.labels().profile().times()) {
      boolean isOther =
          pairing.known().map(known -> !known.place().equals(column.place())).orElse(true);
      if (isOther && column.isField() && column.share() >= NEARLY_ALL && !isEnvelope(column)) {
        Pairing with = with(pairing, column);
        if (isBetween(with)) {
          possible.add(with);
        }
      }
    }
    return possible.stream()
        .min(Comparator.comparing(one -> one.happened().orElseThrow(), Names.HAPPENED.order()))
        .orElse(pairing);
  }

  private static Pairing with(Pairing pairing, Column happened) {
    return new Pairing(
        pairing.predictions(),
        pairing.labels(),
        pairing.time(),
        pairing.known(),
        Optional.of(happened),
        pairing.predictionId(),
        pairing.labelId(),
        pairing.matched(),
        pairing.predictionOf());
  }

  private static boolean isBetween(Pairing pairing) {
    long[] happened = pairing.happenedTimes();
    long[] known = pairing.knownTimes();
    long late = 0;
    for (int i = 0; i < happened.length; i++) {
      late += happened[i] != TimeColumn.NONE && happened[i] > known[i] ? 1 : 0;
    }
    long[] delays = pairing.delays();
    boolean isCopy = Quantiles.at(delays, NEARLY_ALL) == 0;
    boolean isReported = Quantiles.at(pairing.reporting(), 0.5) > 0;
    return late <= (1 - NEARLY_ALL) * happened.length
        && isReported
        && !isCopy
        && Quantiles.at(delays, 1 - NEARLY_ALL) >= 0;
  }
}
