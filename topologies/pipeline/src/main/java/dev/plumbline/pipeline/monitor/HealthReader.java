package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.health.Condition;
import dev.plumbline.state.health.HealthRules;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Reads when a feed is not well. */
final class HealthReader {

  private static final int PERCENT = 100;
  private static final String ALL = "all";

  private HealthReader() {}

  /** The rules of a place; the default ones where it says nothing. */
  static HealthRules rules(Cursor place, int publishMin) {
    HealthRules usual = HealthRules.DEFAULT;
    Set<Condition> off = EnumSet.noneOf(Condition.class);
    boolean isOn = true;
    for (String word : place.at("off").distinctTexts()) {
      if (word.equals(ALL)) {
        isOn = false;
        continue;
      }
      off.add(Condition.valueOf(word.toUpperCase(Locale.ROOT)));
    }
    Cursor stopped = place.at("stopped");
    Cursor shares = place.at("shares");
    return new HealthRules(
        isOn,
        off,
        millis(place.at("heartbeat"), usual.heartbeat()),
        millis(stopped.at("after"), usual.silence()),
        Math.round(stopped.at("times").real((double) usual.timesUsual() / PERCENT) * PERCENT),
        millis(stopped.at("labels_at_first"), usual.learning()),
        millis(place.at("lag"), usual.lag()),
        share(shares.at("least"), usual.share()),
        shares.at("times").integer((int) usual.timesShare()),
        shares.at("of").integer((int) usual.fewest()),
        share(place.at("coverage"), usual.coverage()),
        place.at("constant").integer((int) usual.constant()),
        publishMin);
  }

  private static long millis(Cursor place, long usual) {
    return place.span(new Span(usual)).millis();
  }

  private static long share(Cursor place, long usual) {
    return Math.round(place.real((double) usual / HealthRules.ONE) * HealthRules.ONE);
  }
}
