package dev.plumbline.cli.replay;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * Says how far a replay is: on a terminal one line that changes, elsewhere a plain line now and
 * then.
 */
public final class Progress {

  private static final int ROWS_PER_LOOK = 1024;
  private static final long NANOS = Duration.ofSeconds(1).toNanos();
  private static final long TERMINAL_PAUSE = NANOS / 4;
  private static final long PLAIN_PAUSE = 10 * NANOS;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean isTerminal;
  private final long started = System.nanoTime();
  private long said = started;
  private long rows;

  /**
   * Progress of a replay that begins now.
   *
   * @param isTerminal whether a person watches
   */
  public Progress(PrintWriter out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  /** Another row was read; {@code share} of everything is read. */
  void row(double share) {
    rows++;
    if (rows % ROWS_PER_LOOK == 0) {
      long now = System.nanoTime();
      if (now - said >= (isTerminal ? TERMINAL_PAUSE : PLAIN_PAUSE)) {
        said = now;
        say(share, now - started);
      }
    }
  }

  private void say(double share, long nanos) {
    double seconds = (double) nanos / NANOS;
    String line =
        String.format(
            Locale.ROOT,
            "%,d rows, %.0f %%, %,.0f rows/s, %.0f s left",
            rows,
            100 * share,
            rows / seconds,
            share > 0 ? seconds * (1 - share) / share : 0);
    if (isTerminal) {
      out.print(CLEAR + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /** Everything is read. */
  public void done() {
    double seconds = (double) (System.nanoTime() - started) / NANOS;
    out.printf(
        Locale.ROOT,
        "%s%,d rows in %.1f s, %,.0f rows/s%n",
        isTerminal ? CLEAR : "",
        rows,
        seconds,
        rows / Math.max(seconds, 1e-3));
    out.flush();
  }
}
