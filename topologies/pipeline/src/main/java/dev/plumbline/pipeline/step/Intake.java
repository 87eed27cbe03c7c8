package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.mapping.Incoming;

/** The step of one input partition: maps, judges and sends its records to the joins. */
public interface Intake extends Step {

  /** Takes the next record of the partition. */
  void receive(Incoming record, Outbox outbox);

  /**
   * Says that the partition was read to its end and brought nothing for so long. Called again and
   * again while that is so; the only place where a wall clock enters the flow.
   *
   * @param millisSinceLastRecord wall-clock milliseconds since the last record, or since reading
   *     began; never negative
   */
  void quiet(long millisSinceLastRecord, Outbox outbox);

  /**
   * Says that a bounded run has read the partition to its end. The step remembers it in its state:
   * after a restart it is told again.
   */
  void end(Outbox outbox);
}
