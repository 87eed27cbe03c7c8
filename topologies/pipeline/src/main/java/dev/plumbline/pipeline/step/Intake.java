package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.state.health.FeedReport;

/** The step of one input partition: maps, judges and sends its records to the joins. */
public interface Intake extends Step {

  /** Clock of a partition of which no time is confirmed yet. */
  long UNKNOWN = Long.MIN_VALUE;

  /** Clock of a partition that nobody waits for, because it is idle or has ended. */
  long NOT_AWAITED = Long.MAX_VALUE;

  /** Takes the next record of the partition. */
  void receive(Incoming record, Outbox outbox);

  /**
   * Says that the partition was read to its end and brought nothing for so long. Called again and
   * again while that is so; the only place where a wall clock enters the flow.
   *
   * @param millisSinceLastRecord wall-clock milliseconds since the last record, or since the
   *     partition was last known not to be read to its end; never negative
   */
  void quiet(long millisSinceLastRecord, Outbox outbox);

  /**
   * Says that a bounded run has read the partition to its end. The step remembers it in its state:
   * after a restart it is told again.
   */
  void end(Outbox outbox);

  /** Returns what was read since the step was made. For health; nothing else depends on it. */
  FeedReport.Counts counts();

  /**
   * Returns the partition's clock: the beginning of the first pane it has not passed, epoch
   * milliseconds, or {@link #UNKNOWN} or {@link #NOT_AWAITED}. For {@link ReadAhead}.
   */
  long clock();
}
