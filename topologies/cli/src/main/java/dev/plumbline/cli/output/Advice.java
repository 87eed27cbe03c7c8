package dev.plumbline.cli.output;

import dev.plumbline.cli.output.BookTable.State;
import dev.plumbline.pipeline.monitor.Monitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What to do about records that do not count. */
public final class Advice {

  /** Where one record of so many does not count for one reason, something is wrong. */
  private static final int RARE = 4;

  private static final String SEE =
      "the details in rejects say which field; correct the records, or their mapping in the monitor"
          + " file";

  private static final Map<String, String> REASONS =
      Map.ofEntries(
          Map.entry("missing_field", SEE),
          Map.entry("wrong_type", SEE),
          Map.entry("unmapped_value", SEE),
          Map.entry("bad_score", SEE),
          Map.entry("bad_time", SEE),
          Map.entry("null_value", "tombstones are not counted; leave them out"),
          Map.entry("undecodable", "correct format or columns of the monitor file, or the records"),
          Map.entry("unknown_schema", "name the schema registry that the producers use"),
          Map.entry("time_out_of_range", "correct the times, or times of the monitor file"),
          Map.entry("time_jump", "correct the times, or raise windows.jump"),
          Map.entry(
              "too_many_copies", "map an id that differs between cases, or raise windows.copies"),
          Map.entry("too_large", "raise max_record_bytes"));

  private static final Map<String, String> STATES =
      Map.of(
          "other", "add their model to models, or correct predictions.fields.model",
          "orphan",
              "check that labels.fields.id names ids of predictions, and that their times"
                  + " lie within labels.horizon",
          "duplicate", "check that the id differs between cases");

  private static final String LATE_PREDICTIONS =
      "predictions must come in order of time: sort them by predictions.fields.time, or raise"
          + " windows.grace";

  private static final String LATE_LABELS =
      "labels became known too long after they happened: correct labels.fields.known and happened,"
          + " or raise labels.late_by";

  private Advice() {}

  /** What keeps many of the records from counting, each with its remedy. */
  public static List<String> of(BookTable books, Monitor monitor, Map<String, String> names) {
    List<String> lines = new ArrayList<>();
    monitor
        .topics()
        .forEach(
            (topic, kind) -> {
              long read = books.read(topic);
              String name = names.getOrDefault(topic, topic);
              books
                  .states(topic)
                  .forEach(
                      (state, count) -> {
                        String remedy = remedy(state, kind.hasPredictions());
                        if (!remedy.isEmpty() && count > 0 && count >= read / RARE) {
                          lines.add(
                              "%s: %,d of %,d records are %s; %s"
                                  .formatted(name, count, read, state, remedy));
                        }
                      });
              if (kind.hasPredictions() && books.accepted(topic) == 0) {
                lines.add(
                    "%s: no prediction was accepted, so nothing of it was watched".formatted(name));
              }
            });
    return lines;
  }

  private static String remedy(State state, boolean isPredictions) {
    if (state.name().equals("late")) {
      return isPredictions ? LATE_PREDICTIONS : LATE_LABELS;
    }
    return state.name().equals("rejected")
        ? REASONS.getOrDefault(state.reason(), SEE)
        : STATES.getOrDefault(state.name(), "");
  }
}
