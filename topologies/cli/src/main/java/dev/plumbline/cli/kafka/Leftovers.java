package dev.plumbline.cli.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was added, last first, once: when told to, or when the process is told to end. */
public final class Leftovers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "leftovers");

  /** Nothing is to be closed yet. */
  public Leftovers() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Closes this too, before everything that was added earlier; returns it. */
  public synchronized <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endsAlready) {
      LOG.debug("the process ends already", endsAlready);
    }
  }

  private synchronized void closeAll() {
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception e) { // Whatever one does, the others must be closed too.
        LOG.warn("could not close {}", part.getClass().getSimpleName(), e);
      }
    }
  }
}
