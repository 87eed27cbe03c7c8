package dev.plumbline.cli.replay;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.step.MonitorSteps;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Replays a recording in this thread, without Kafka. */
public final class MemoryReplay {

  private static final int COMMIT_ROWS = 10_000;

  private final Recording recording;
  private final Pace pace;

  public MemoryReplay(Recording recording) {
    this.recording = recording;
    this.pace = new Pace(recording.count(), recording.monitor().timing().jump());
  }

  /**
   * Reads all files to their ends.
   *
   * @param published takes what the monitor publishes
   * @param progress hears of every row
   */
  public void run(Consumer<Published> published, Progress progress) {
    MemoryRun run =
        new MemoryRun(new MonitorSteps(recording.flow(), this::pacedMapping), published);
    long rows = 0;
    while (!pace.isOver()) {
      int file = pace.next();
      Optional<RowFile.Row> row = recording.file(file).next();
      if (row.isPresent()) {
        run.read(file, incoming(row.get()));
        progress.row(recording.progress());
        rows++;
      } else {
        run.end(file);
        pace.end(file);
      }
      if (row.isEmpty() || rows % COMMIT_ROWS == 0) {
        run.commit();
      }
    }
  }

  private static Incoming incoming(RowFile.Row row) {
    return new Incoming(row.number(), row.timestamp(), row.key(), row.line(), row.headers()::get);
  }

  private Function<Incoming, Mapped> pacedMapping(int inputPartition) {
    Function<Incoming, Mapped> mapping = recording.mapping(inputPartition);
    return record -> {
      Mapped mapped = mapping.apply(record);
      if (mapped instanceof Mapped.Admitted admitted) {
        pace.read(inputPartition, admitted.event().time());
      }
      return mapped;
    };
  }
}
