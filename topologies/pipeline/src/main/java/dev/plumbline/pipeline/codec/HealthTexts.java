package dev.plumbline.pipeline.codec;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.health.Change;
import dev.plumbline.state.health.HealthRules;
import dev.plumbline.state.health.Seen;
import java.time.Duration;
import java.util.Locale;

/** What is said of a condition: what happened, with its numbers, and what to do. */
record HealthTexts(Flow flow, Change change) {

  private static final double PERCENT = 100.0;
  private static final int LONG = 2;

  String message() {
    return change.isOpen() ? opened() : closed();
  }

  private String opened() {
    Seen seen = change.seen();
    return switch (change.condition()) {
      case PREDICTIONS_STOPPED ->
          "no prediction has come from %s for %s%s"
              .formatted(topic(), time(seen.observed()), usually("at most ", usualTime()));
      case LABELS_STOPPED ->
          "no label has come from %s for %s%s"
              .formatted(topic(), time(seen.observed()), usually("at most ", usualTime()));
      case PARTITION_STALLED ->
          "partition %d of %s has brought nothing for %s, while others of it do%s"
              .formatted(
                  change.where().partition(),
                  topic(),
                  time(seen.observed()),
                  usually("at most ", usualTime()));
      case LAG ->
          "records of %s have waited for %s to be read".formatted(topic(), time(seen.observed()));
      case REJECTS ->
          "%s of the records of %s are rejected%s"
              .formatted(share(seen.observed()), topic(), usually("", usualShare()));
      case ORPHANS ->
          "%s of the labels of %s belong to no prediction%s"
              .formatted(share(seen.observed()), topic(), usually("", usualShare()));
      case DUPLICATES ->
          "%s of the records of %s are duplicates%s"
              .formatted(share(seen.observed()), topic(), usually("", usualShare()));
      case LABEL_COVERAGE ->
          "%s of the predictions of %s have a label at the age of %s%s"
              .formatted(
                  share(seen.observed()),
                  change.where().model(),
                  time(seen.about() * flow.timing().pane()),
                  usually("", usualShare()));
      case MISSING_VALUES ->
          "%s of the predictions of %s lack the attribute %s%s"
              .formatted(
                  share(seen.observed()),
                  change.where().model(),
                  change.where().attribute(),
                  usually("", usualShare()));
      case UNSEEN_VALUES ->
          "%s of the predictions of %s have a value of %s that never came before%s"
              .formatted(
                  share(seen.observed()),
                  change.where().model(),
                  change.where().attribute(),
                  usually("", usualShare()));
      case CONSTANT_SCORE ->
          "%,d predictions of %s in a row have the same score, usually at most %,d"
              .formatted(seen.observed(), change.where().model(), seen.usual());
    };
  }

  private String closed() {
    return switch (change.condition()) {
      case PREDICTIONS_STOPPED -> "predictions come again from " + topic();
      case LABELS_STOPPED -> "labels come again from " + topic();
      case PARTITION_STALLED ->
          "partition %d of %s brings records again".formatted(change.where().partition(), topic());
      case LAG -> "records of " + topic() + " are read in time again";
      case REJECTS -> "rejects of " + topic() + " are as usual";
      case ORPHANS -> "orphans among the labels of " + topic() + " are as usual";
      case DUPLICATES -> "duplicates of " + topic() + " are as usual";
      case LABEL_COVERAGE -> "labels of " + change.where().model() + " are as usual";
      case MISSING_VALUES ->
          "missing values of %s are as usual".formatted(change.where().attribute());
      case UNSEEN_VALUES -> "values of %s are as usual".formatted(change.where().attribute());
      case CONSTANT_SCORE -> "scores of " + change.where().model() + " differ again";
    };
  }

  String remedy() {
    return switch (change.condition()) {
      case PREDICTIONS_STOPPED, LABELS_STOPPED ->
          "look whether the producer of %s runs; if this".formatted(topic())
              + " silence is usual, raise health.stopped in the monitor file";
      case PARTITION_STALLED -> "look at the producers of this partition and at its leader";
      case LAG ->
          "look whether plumbline run is alive and what it logs; start more instances or"
              + " threads if it is too slow";
      case REJECTS -> "look at plumbline.rejects, which has the reason and the place of each";
      case ORPHANS ->
          "check that labels and predictions carry the same ids, or raise" + " labels.horizon";
      case DUPLICATES -> "look whether a producer sends again; each id counts once all the same";
      case LABEL_COVERAGE -> "look whether all sources of labels run";
      case MISSING_VALUES ->
          "look whether the field of %s was renamed or is no longer filled"
              .formatted(change.where().attribute());
      case UNSEEN_VALUES ->
          "look whether a value of %s was renamed; if it is new, map it in the"
                  .formatted(change.where().attribute())
              + " monitor file, or wait a week until it is usual";
      case CONSTANT_SCORE -> "look whether the model is served, or a fallback in its place";
    };
  }

  private String topic() {
    return change.where().topic();
  }

  private String usualTime() {
    return change.seen().usual() == Seen.NONE ? "" : time(change.seen().usual());
  }

  private String usualShare() {
    return change.seen().usual() == Seen.NONE ? "" : share(change.seen().usual());
  }

  private static String usually(String most, String number) {
    return number.isEmpty() ? "" : ", usually " + most + number;
  }

  private static String share(long share) {
    return share == Seen.NONE
        ? "more than usual"
        : String.format(Locale.ROOT, "%.1f %%", share * PERCENT / HealthRules.ONE);
  }

  /** In its two largest units. */
  private static String time(long millis) {
    Duration time = Duration.ofMillis(millis);
    if (time.toDays() >= LONG) {
      return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
    }
    if (time.toHours() > 0) {
      return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : "%d s".formatted(time.toSeconds());
  }
}
