package dev.plumbline.cli.fleet;

import java.util.Optional;

/** A monitor that was started. */
public interface Running extends AutoCloseable {

  /** Whether it works: it has its partitions and their state. */
  boolean hasBegun();

  /** Whether it has stopped, by itself or because it was told to. */
  boolean hasStopped();

  /** Why it stopped by itself. */
  Optional<Throwable> problem();

  /** Stops it; what it has read and not committed is read again by its successor. */
  @Override
  void close();
}
