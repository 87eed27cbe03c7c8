package dev.plumbline.cli.init;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.replay.RowFile;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Samples recorded files. */
public final class FileSample {

  private FileSample() {}

  /**
   * The first and the last rows of a file.
   *
   * @param most rows
   * @throws Failure if the file cannot be read
   */
  public static Sample of(Path path, int most) {
    try (RowFile file = RowFile.open(path)) {
      List<Sighting> first = new ArrayList<>();
      Deque<Sighting> last = new ArrayDeque<>();
      long total = 0;
      for (Optional<RowFile.Row> row = file.next(); row.isPresent(); row = file.next()) {
        total++;
        if (first.size() < most / 2) {
          first.add(sighting(row.get()));
        } else {
          last.addLast(sighting(row.get()));
        }
        if (last.size() > most - most / 2) {
          last.removeFirst();
        }
      }
      first.addAll(last);
      return new Sample(path.toString(), file.columns(), first, total, file.hasTimestamps());
    }
  }

  private static Sighting sighting(RowFile.Row row) {
    return new Sighting(0, row.timestamp(), row.key(), row.line(), row.headers());
  }
}
