package dev.plumbline.pipeline.monitor;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads how a time is written.
 *
 * @param place the place of the time
 */
record TimeFormReader(Cursor place) {

  private static final Set<String> WITHOUT_ZONE = Set.of("millis", "seconds");
  private static final String DATE = "date";
  private static final Pattern QUOTED_OR_YEAR = Pattern.compile("'[^']*'|y");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern TIME_OF_DAY = Pattern.compile("[HhKkAnN]");

  TimeForm form() {
    Cursor as = place.at("as");
    Cursor format = place.at("format");
    Cursor at = place.at("at");
    if (as.isPresent() && format.isPresent()) {
      format.refuse("no format beside as", "remove one of them");
    }
    String form = as.text("auto");
    if (place.at("zone").isPresent() && WITHOUT_ZONE.contains(form)) {
      place.at("zone").refuse("no zone, as the time is a number of " + form, "remove it");
    }
    if (at.isPresent() && !isDay(form, format)) {
      at.refuse("nothing here, as the time is no date", "remove it, or add as: date");
    }
    return format.isPresent() ? pattern(format) : form(form);
  }

  private static boolean isDay(String form, Cursor format) {
    String letters = QUOTED.matcher(format.text("")).replaceAll("");
    return format.isPresent() ? !TIME_OF_DAY.matcher(letters).find() : form.equals(DATE);
  }

  private TimeForm form(String form) {
    return switch (form) {
      case "millis" -> new TimeForm.Millis();
      case "seconds" -> new TimeForm.Seconds();
      case "iso" -> new TimeForm.Iso(zone());
      case DATE -> new TimeForm.Day(zone(), isAtEnd());
      default -> new TimeForm.Auto(zone());
    };
  }

  private TimeForm pattern(Cursor format) {
    String pattern = format.text("?");
    Optional<DateTimeFormatter> formatter = formatter(pattern);
    if (formatter.isEmpty()) {
      format.refuse("a pattern of letters such as dd/MM/yyyy HH:mm", "");
    }
    return formatter
        .<TimeForm>map(
            one -> new TimeForm.Pattern(pattern, one, zone(), isDay("", format) && isAtEnd()))
        .orElseGet(() -> new TimeForm.Auto(zone()));
  }

  /* Strictly, so that there is no 31 February; then years must be years and not those of an era. */
  private static Optional<DateTimeFormatter> formatter(String pattern) {
    String strict = QUOTED_OR_YEAR.matcher(pattern).replaceAll(TimeFormReader::proleptic);
    try {
      return Optional.of(
          DateTimeFormatter.ofPattern(strict, Locale.ENGLISH)
              .withResolverStyle(ResolverStyle.STRICT));
    } catch (IllegalArgumentException unknownLetter) {
      return Optional.empty();
    }
  }

  private static String proleptic(MatchResult found) {
    return Matcher.quoteReplacement(found.group().equals("y") ? "u" : found.group());
  }

  private boolean isAtEnd() {
    return !place.at("at").text("end").equals("start");
  }

  private ZoneId zone() {
    Cursor zone = place.at("zone");
    try {
      return zone.isPresent() ? ZoneId.of(zone.text("?")) : ZoneOffset.UTC;
    } catch (DateTimeException unknown) {
      zone.refuse("a time zone such as Europe/Berlin or +02:00", "");
      return ZoneOffset.UTC;
    }
  }
}
