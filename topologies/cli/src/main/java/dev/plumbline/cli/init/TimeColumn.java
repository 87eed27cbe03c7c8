package dev.plumbline.cli.init;

import dev.plumbline.pipeline.mapping.Inspection;
import dev.plumbline.pipeline.mapping.Value;
import dev.plumbline.pipeline.monitor.TimeForm;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A field whose values are times.
 *
 * @param form what the monitor file says of the form, such as {@code as: seconds}; empty: nothing
 * @param rivals forms that fit every value as well, and mean other times
 * @param millis by event; {@link #NONE} where there is none
 * @param disorder how much older than the newest before it a record of a partition is: ascending
 */
@SuppressWarnings("ArrayRecordComponent") // long columns; nobody compares them
record TimeColumn(String form, List<String> rivals, long[] millis, long[] disorder) {

  static final long NONE = Long.MIN_VALUE;

  /** 2000 and 2100: a number beyond is no time. */
  private static final long EARLIEST = 946_684_800_000L;

  private static final long LATEST = 4_102_444_800_000L;
  private static final double NEARLY_ALL = 0.99;

  /** Share of the range of times by which a log in order of them may be out of order. */
  private static final double ORDERLY = 0.05;

  private static final List<String> DAYS = List.of("d/M/uuuu", "M/d/uuuu", "d.M.uuuu", "d-M-uuuu");
  private static final List<String> CLOCKS = List.of("", " H:mm", " H:mm:ss");

  TimeColumn {
    rivals = List.copyOf(rivals);
  }

  /** A form and what the file says of it. */
  private record Candidate(String text, TimeForm form) {}

  /** The times of a column, if nearly all of its values are some. */
  static Optional<TimeColumn> of(List<Value> values, List<Event> events) {
    List<Value> some =
        values.stream().filter(value -> Inspection.isThere(value)).limit(2_000).toList();
    List<Candidate> fitting = new ArrayList<>();
    for (Candidate candidate : candidates()) {
      long read = some.stream().filter(value -> time(value, candidate.form).isPresent()).count();
      boolean isOther = fitting.isEmpty() || candidate.form instanceof TimeForm.Pattern;
      if (!some.isEmpty() && read >= NEARLY_ALL * some.size() && isOther) {
        fitting.add(candidate);
      }
    }
    if (fitting.isEmpty()) {
      return Optional.empty();
    }
    TimeForm form = fitting.get(0).form;
    long[] millis = values.stream().mapToLong(value -> time(value, form).orElse(NONE)).toArray();
    return Optional.of(
        new TimeColumn(
            fitting.get(0).text,
            fitting.stream().map(Candidate::text).skip(1).toList(),
            millis,
            disorder(millis, events)));
  }

  private static List<Candidate> candidates() {
    List<Candidate> all = new ArrayList<>();
    all.add(new Candidate("as: date", new TimeForm.Day(ZoneOffset.UTC, true)));
    all.add(new Candidate("", new TimeForm.Auto(ZoneOffset.UTC)));
    all.add(new Candidate("as: seconds", new TimeForm.Seconds()));
    for (String day : DAYS) {
      for (String clock : CLOCKS) {
        String pattern = day + clock;
        DateTimeFormatter formatter =
            DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
        all.add(
            new Candidate(
                "format: " + pattern.replace('u', 'y'),
                new TimeForm.Pattern(pattern, formatter, ZoneOffset.UTC, clock.isEmpty())));
      }
    }
    return all;
  }

  private static OptionalLong time(Value value, TimeForm form) {
    boolean isNumber = Inspection.number(value).isPresent();
    if (form instanceof TimeForm.Day && isNumber) {
      return OptionalLong.empty();
    }
    OptionalLong time = Inspection.time(value, form);
    return time.isPresent() && time.getAsLong() >= EARLIEST && time.getAsLong() < LATEST
        ? time
        : OptionalLong.empty();
  }

  private static long[] disorder(long[] millis, List<Event> events) {
    Map<Integer, Long> newest = new HashMap<>();
    long[] behind = new long[millis.length];
    int count = 0;
    for (int i = 0; i < millis.length; i++) {
      if (millis[i] != NONE) {
        long before = newest.merge(events.get(i).sighting().partition(), millis[i], Math::max);
        behind[count++] = before - millis[i];
      }
    }
    long[] sorted = Arrays.copyOf(behind, count);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Whether the log is in this order, nearly. */
  boolean isOrderly() {
    return Quantiles.at(disorder, NEARLY_ALL) <= ORDERLY * (last() - first());
  }

  /** Whether it is a day, with no time of day. */
  boolean isDay() {
    return form.equals("as: date") || (form.startsWith("format:") && !form.contains("H"));
  }

  long first() {
    return Arrays.stream(millis).filter(time -> time != NONE).min().orElse(0);
  }

  long last() {
    return Arrays.stream(millis).filter(time -> time != NONE).max().orElse(0);
  }
}
