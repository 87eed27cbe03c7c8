package dev.plumbline.cli.replay;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.IdSource;
import dev.plumbline.pipeline.monitor.MappedPaths;
import dev.plumbline.pipeline.monitor.Monitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Whether the columns that a monitor maps are in the header rows of the files. */
final class Headers {

  /** Least likeness of a column that is worth proposing. */
  private static final double ALIKE = 0.5;

  private Headers() {}

  /** The header row of a file. */
  private record Header(Path file, List<String> columns) {}

  /**
   * Compares the files with the monitor.
   *
   * @param topics the file of each topic
   * @throws Failure with every column that is missing, and the one that is most like it
   */
  static void require(Monitor monitor, Map<String, RowFile> topics) {
    List<String> problems = new ArrayList<>();
    Map<String, String> ofLabels = MappedPaths.of(monitor.labels());
    column(monitor.labels().id()).ifPresent(column -> ofLabels.put("labels.fields.id", column));
    Header labels = header(topics, monitor.labels().feed());
    problems.addAll(missing(ofLabels, labels));
    for (int i = 0; i < monitor.predictions().size(); i++) {
      Map<String, String> ofPredictions = MappedPaths.ofPredictions(monitor, i);
      column(monitor.predictions().get(i).id())
          .ifPresent(column -> ofPredictions.put("predictions.fields.id", column));
      Header predictions = header(topics, monitor.predictions().get(i).feed());
      problems.addAll(0, missing(ofPredictions, predictions));
      boolean isSwapped =
          !problems.isEmpty()
              && !labels.equals(predictions)
              && missing(ofPredictions, labels).isEmpty()
              && missing(ofLabels, predictions).isEmpty();
      if (isSwapped) {
        throw Failure.problem(
            "%s:1: expected the columns of the predictions, was those of the labels; swap"
                    .formatted(predictions.file())
                + " --predictions and --labels");
      }
    }
    for (Feed.Attributes attributes : monitor.attributes()) {
      Map<String, String> ofAttributes = MappedPaths.of(monitor, attributes);
      column(attributes.id()).ifPresent(column -> ofAttributes.put("attributes.fields.id", column));
      problems.addAll(missing(ofAttributes, header(topics, attributes.feed())));
    }
    if (!problems.isEmpty()) {
      throw Failure.problem(String.join(System.lineSeparator(), problems));
    }
  }

  private static Header header(Map<String, RowFile> topics, Feed feed) {
    RowFile file = Objects.requireNonNull(topics.get(feed.topic()));
    return new Header(file.file(), file.columns());
  }

  /** Where a file has what a record has outside of its value. */
  private static Optional<String> column(IdSource id) {
    if (id instanceof IdSource.Header header) {
      return Optional.of(RowFile.HEADER_COLUMN + header.name());
    }
    return id instanceof IdSource.Paths ? Optional.empty() : Optional.of(RowFile.KEY_COLUMN);
  }

  private static List<String> missing(Map<String, String> mapped, Header header) {
    List<String> unused =
        header.columns.stream().filter(column -> !mapped.containsValue(column)).toList();
    List<String> problems = new ArrayList<>();
    mapped.forEach(
        (place, column) -> {
          if (!header.columns.contains(column)) {
            problems.add(
                "%s:1: expected a column %s, as %s says, was none of that name; %s"
                    .formatted(header.file, column, place, remedy(column, unused)));
          }
        });
    return problems;
  }

  private static String remedy(String column, List<String> unused) {
    Optional<String> nearest =
        unused.stream()
            .filter(candidate -> likeness(column, candidate) >= ALIKE)
            .max(Comparator.comparingDouble(candidate -> likeness(column, candidate)));
    return nearest
        .map(near -> "did you mean " + near + "?")
        .orElse("correct the monitor file, or name the column in the header row");
  }

  /**
   * Share of the letters that two names have in common, in the same order: of app_id all are in
   * application.id, which an edit distance would call far away.
   */
  private static double likeness(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] common = new int[a.length() + 1][b.length() + 1];
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        common[i][j] =
            a.charAt(i - 1) == b.charAt(j - 1)
                ? common[i - 1][j - 1] + 1
                : Math.max(common[i - 1][j], common[i][j - 1]);
      }
    }
    return 2.0 * common[a.length()][b.length()] / (a.length() + b.length());
  }
}
