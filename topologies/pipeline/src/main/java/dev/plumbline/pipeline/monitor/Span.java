package dev.plumbline.pipeline.monitor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A length of time as the monitor file writes it: a whole number and s, m, h or d.
 *
 * @param millis positive
 */
public record Span(long millis) implements Comparable<Span> {

  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([smhd])");
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;

  /** One hour: panes divide it or are multiples of it. */
  public static final Span HOUR = new Span(60 * MINUTE);

  /** One day. */
  public static final Span DAY = HOUR.times(24);

  public Span {
    if (millis <= 0) {
      throw new IllegalArgumentException("a span must be positive, was " + millis + " ms");
    }
  }

  /** Reads {@code 15m}, {@code 1h} or {@code 7d}; empty if the text has another form. */
  public static Optional<Span> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(new Span(Long.parseLong(matcher.group(1)) * unit(matcher.group(2))))
        : Optional.empty();
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR.millis;
      default -> DAY.millis;
    };
  }

  /** This span repeated. */
  public Span times(long factor) {
    return new Span(Math.multiplyExact(millis, factor));
  }

  /** This span and another. */
  public Span plus(Span other) {
    return new Span(Math.addExact(millis, other.millis));
  }

  /** Whether this is a whole number of the other. */
  public boolean isMultipleOf(Span part) {
    return millis % part.millis == 0;
  }

  @Override
  public int compareTo(Span other) {
    return Long.compare(millis, other.millis);
  }

  /** The form of the file, in the largest unit that is exact. */
  @Override
  public String toString() {
    for (String letter : new String[] {"d", "h", "m", "s"}) {
      if (millis % unit(letter) == 0) {
        return millis / unit(letter) + letter;
      }
    }
    return millis + "ms";
  }
}
