package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Monitor.Interval;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads everything that is a length or a point of time, and checks that it fits the panes. */
final class WindowsReader {

  private static final Span GRACE = Span.parse("15m").orElseThrow();
  private static final Span RECALL = Span.DAY.times(7);
  private static final Span IDLE = Span.parse("5m").orElseThrow();
  private static final int COPIES = 16;
  private static final String PLAUSIBLE_FROM = "1990-01-01";
  private static final String PLAUSIBLE_TO = "2200-01-01";

  /* Inner age edges where the file names none, in hours (METHOD section 4). */
  private static final int[] AGE_HOURS = {1, 3, 6, 12, 24, 48, 96, 120};

  private final Cursor root;
  private final Cursor place;
  private final Span pane;

  WindowsReader(Cursor root) {
    this.root = root;
    this.place = root.at("windows");
    this.pane = pane(place.at("pane"));
  }

  private static Span pane(Cursor place) {
    Span pane = place.span(Span.HOUR);
    if (place.isPresent() && !Span.HOUR.isMultipleOf(pane) && !pane.isMultipleOf(Span.HOUR)) {
      place.refuse("a pane that divides 1h, or is whole hours", "take 1m, 10m, 30m, 1h or 1d");
    }
    return pane;
  }

  Windows windows() {
    List<Span> sizes = sizes();
    boolean all = place.at("sizes").items().stream().anyMatch(item -> item.text("").equals("all"));
    Span advance = advance(sizes);
    Span grace = place.at("grace").span(GRACE);
    return new Windows(
        pane,
        sizes,
        all,
        advance,
        grace,
        place.at("skew").span(grace),
        place.at("jump").span(Span.DAY),
        place.at("recall").span(RECALL),
        place.at("idle").span(IDLE),
        ahead(grace),
        place.at("copies").integer(COPIES));
  }

  private List<Span> sizes() {
    place.at("sizes").distinctTexts();
    List<Span> sizes = new ArrayList<>();
    for (Cursor item : place.at("sizes").items()) {
      if (item.isPresent() && !item.text("").equals("all")) {
        sizes.add(item.span(Span.DAY));
        checkWholePanes(item);
      }
    }
    return sizes.stream().sorted().toList();
  }

  private Span advance(List<Span> sizes) {
    Cursor advance = place.at("advance");
    checkWholePanes(advance);
    if (!advance.isPresent()) {
      return sizes.isEmpty() ? pane : sizes.get(0);
    }
    if (!sizes.isEmpty() && advance.span(pane).compareTo(sizes.get(0)) > 0) {
      advance.refuse("at most the smallest size, " + sizes.get(0), "or records between are unseen");
    }
    return advance.span(pane);
  }

  /*
   * Clocks are compared in whole panes, so less than one would be noise. What is written once a day
   * is a day behind; and two days are little beside the windows and the horizon kept in memory.
   */
  private Span ahead(Span grace) {
    Cursor ahead = place.at("ahead");
    Span least = pane.plus(grace);
    Span chosen =
        ahead.span(Span.DAY.times(1 + -Math.floorDiv(-least.millis(), Span.DAY.millis())));
    if (paneIsSound() && place.at("grace").isSound() && chosen.compareTo(least) < 0) {
      ahead.refuse("at least windows.pane and windows.grace together, " + least, "");
    }
    return chosen;
  }

  private boolean paneIsSound() {
    return place.at("pane").isSound();
  }

  private void checkWholePanes(Cursor item) {
    if (paneIsSound() && item.isPresent() && !item.span(pane).isMultipleOf(pane)) {
      item.refuse("a multiple of windows.pane, " + pane, "");
    }
  }

  /** Inner age edges; {@code labels} is the place of the labels' feed. */
  List<Span> ages(Cursor labels) {
    Cursor horizonPlace = labels.at("horizon");
    checkWholePanes(horizonPlace);
    Span horizon = horizonPlace.span(Span.DAY);
    if (!labels.at("ages").isPresent()) {
      return defaultAges(horizon);
    }
    List<Span> ages = new ArrayList<>();
    for (Cursor item : labels.at("ages").items()) {
      checkWholePanes(item);
      checkAge(item, ages, horizonPlace);
      ages.add(item.span(pane));
    }
    ages.remove(horizon);
    return ages;
  }

  private static void checkAge(Cursor item, List<Span> before, Cursor horizonPlace) {
    if (!item.isPresent()) {
      return;
    }
    Span age = item.span(Span.DAY);
    if (!before.isEmpty() && age.compareTo(before.get(before.size() - 1)) <= 0) {
      item.refuse("an age above the one before it, " + before.get(before.size() - 1), "");
    } else if (horizonPlace.isSound() && age.compareTo(horizonPlace.span(age)) > 0) {
      item.refuse("at most the horizon, " + horizonPlace.text("?"), "");
    }
  }

  private List<Span> defaultAges(Span horizon) {
    List<Span> ages = new ArrayList<>();
    for (int hours : AGE_HOURS) {
      Span age = Span.HOUR.times(hours);
      if (age.compareTo(horizon) < 0 && age.isMultipleOf(pane)) {
        ages.add(age);
      }
    }
    return ages;
  }

  /** The cohort, or one pane where a problem about it has been reported. */
  Span cohort(Windows windows, Span horizon) {
    if (!paneIsSound()
        || !root.at("labels").at("horizon").isSound()
        || !place.at("advance").isSound()
        || place.at("sizes").items().stream().anyMatch(item -> !item.isSound())) {
      return pane;
    }
    long horizonPanes = horizon.millis() / pane.millis();
    OptionalLong cohort = windows.cohortPanes(horizonPanes);
    if (cohort.isEmpty()) {
      long least = -Math.floorDiv(-horizonPanes, Windows.MAX_OPEN_COHORTS);
      place
          .at("advance")
          .refuse(
              "a common divisor of advance and sizes of at least horizon / "
                  + Windows.MAX_OPEN_COHORTS
                  + ", "
                  + pane.times(least),
              "advance " + windows.advance(),
              "make windows.advance and windows.sizes multiples of "
                  + pane.times(least)
                  + " or more");
    }
    return pane.times(cohort.orElse(1));
  }

  Interval plausible() {
    Cursor interval = root.at("times").at("plausible");
    return interval(interval, PLAUSIBLE_FROM, PLAUSIBLE_TO);
  }

  Optional<Interval> reference(Span cohort, Interval plausible) {
    Cursor reference = root.at("reference");
    if (!reference.isPresent()) {
      return Optional.empty();
    }
    Interval interval = interval(reference, PLAUSIBLE_FROM, PLAUSIBLE_TO);
    for (String end : List.of("from", "to")) {
      Cursor at = reference.at(end);
      long time = end.equals("from") ? interval.from() : interval.to();
      if (!at.isPresent()) {
        continue;
      }
      if (time < plausible.from() || time > plausible.to()) {
        at.refuse("a time of times.plausible", "");
      } else if (Math.floorMod(time, cohort.millis()) != 0) {
        at.refuse("a beginning of a cohort of " + cohort, "take " + around(time, cohort));
      }
    }
    return Optional.of(interval);
  }

  private static String around(long time, Span cohort) {
    Instant before = Instant.ofEpochMilli(time - Math.floorMod(time, cohort.millis()));
    return before + " or " + before.plusMillis(cohort.millis());
  }

  private Interval interval(Cursor interval, String from, String to) {
    long begin = time(interval.at("from"), from);
    long end = time(interval.at("to"), to);
    Cursor last = interval.at("to");
    if (begin >= end && interval.isMapping() && interval.at("from").isSound() && last.isSound()) {
      last.refuse("a time after from", "");
    }
    return new Interval(begin, end);
  }

  private static long time(Cursor place, String fallback) {
    try {
      return millis(place.text(fallback));
    } catch (DateTimeParseException noSuchDay) {
      place.refuse("a day of the calendar", "");
      return millis(fallback);
    }
  }

  private static long millis(String text) {
    return text.contains("T")
        ? Instant.parse(withSeconds(text)).toEpochMilli()
        : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  private static String withSeconds(String text) {
    boolean lacksSeconds = text.indexOf(':') == text.lastIndexOf(':');
    return lacksSeconds ? text.replace("Z", ":00Z") : text;
  }
}
