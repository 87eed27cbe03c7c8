package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.state.health.FeedReport;
import dev.plumbline.state.record.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an intake has read since it was made, for health: no state, and nothing else depends on it.
 */
final class Tally {

  private final Set<String> models;
  private final Map<String, Row> rows = new TreeMap<>();
  private @Nullable Row last;
  private long read;
  private long rejected;

  Tally(Set<String> models) {
    this.models = models;
  }

  /** Equal scores of a model in a row. */
  private static final class Row {
    private final String model;
    private int score = Prediction.NO_SCORE;
    private long length;
    private long longest;

    Row(String model) {
      this.model = model;
    }

    void add(int next) {
      if (next == score) {
        length++;
        return;
      }
      longest = Math.max(longest, length);
      score = next;
      length = 1;
    }
  }

  void add(Mapped mapped) {
    read++;
    if (mapped instanceof Mapped.Rejected) {
      rejected++;
    } else if (mapped instanceof Mapped.Admitted admitted
        && admitted.event() instanceof Prediction prediction
        && prediction.score() != Prediction.NO_SCORE) {
      row(prediction.cell().model(), prediction.score());
    }
  }

  private void row(String model, int score) {
    Row row = last;
    if (row == null || !row.model.equals(model)) {
      if (!models.contains(model)) {
        return;
      }
      row = rows.computeIfAbsent(model, Row::new);
      last = row;
    }
    row.add(score);
  }

  FeedReport.Counts counts() {
    List<FeedReport.Run> runs = new ArrayList<>();
    rows.values().forEach(row -> runs.add(new FeedReport.Run(row.model, row.length, row.longest)));
    return new FeedReport.Counts(read, rejected, runs);
  }
}
