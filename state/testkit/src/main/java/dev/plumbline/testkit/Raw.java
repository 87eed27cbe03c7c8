package dev.plumbline.testkit;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.RejectReason;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One record of an input partition, after mapping. Its place in the partition is its index in the
 * list; offsets ascend with it but have holes where transactions were aborted.
 */
public sealed interface Raw {

  /** Offset in the partition's topic, from 0. */
  long offset();

  /** Timestamp of the Kafka record in epoch milliseconds. */
  long kafkaTimestamp();

  /** One result for each kind. */
  <T> T fold(Function<Mapped, T> mapped, Function<Unmapped, T> unmapped);

  /** One action for each kind. */
  void visit(Consumer<Mapped> mapped, Consumer<Unmapped> unmapped);

  /** A record that mapping turned into an event. */
  record Mapped(long offset, long kafkaTimestamp, Event event) implements Raw {

    /** Time of the event in epoch milliseconds. */
    public long time() {
      return event.time();
    }

    @Override
    public <T> T fold(Function<Mapped, T> mapped, Function<Unmapped, T> unmapped) {
      return mapped.apply(this);
    }

    @Override
    public void visit(Consumer<Mapped> mapped, Consumer<Unmapped> unmapped) {
      mapped.accept(this);
    }
  }

  /**
   * A record that mapping did not admit.
   *
   * @param reason none if the record is not of the feed
   */
  record Unmapped(long offset, long kafkaTimestamp, RejectReason reason) implements Raw {

    public Unmapped {
      if (reason == RejectReason.TIME_JUMP || reason == RejectReason.TOO_MANY_COPIES) {
        throw new IllegalArgumentException("reason must be one that mapping gives, was " + reason);
      }
    }

    @Override
    public <T> T fold(Function<Mapped, T> mapped, Function<Unmapped, T> unmapped) {
      return unmapped.apply(this);
    }

    @Override
    public void visit(Consumer<Mapped> mapped, Consumer<Unmapped> unmapped) {
      unmapped.accept(this);
    }
  }
}
