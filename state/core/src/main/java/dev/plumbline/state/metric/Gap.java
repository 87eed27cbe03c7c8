package dev.plumbline.state.metric;

import java.util.List;
import java.util.Optional;

/**
 * One disparity of an attribute: difference and ratio of a rate between its subgroups. Their
 * estimates have no interval: that of a maximum minus a minimum comes from the bootstrap at roll-up
 * (METRICS 0.5).
 *
 * @param name such as {@code demographic_parity}; its estimates append {@code _difference} and
 *     {@code _ratio}
 * @param difference highest minus lowest rate, 0 at parity
 * @param ratio lowest over highest rate, 1 at parity
 * @param spread the rates that make the difference; of one subgroup alone if there is no other to
 *     compare it with, and empty if no subgroup has the rate
 */
public record Gap(String name, Estimate difference, Estimate ratio, Optional<Spread> spread) {

  /**
   * The worst difference and the worst ratio of several rates (METRICS 8.1, worst case).
   *
   * @param nowhere why there is none where no subgroup has one of the rates
   */
  static Gap worst(String name, List<Spread> spreads, Undefined nowhere) {
    Optional<Spread> widest = Optional.empty();
    Optional<Spread> steepest = Optional.empty();
    for (Spread spread : spreads.stream().filter(Spread::isComparison).toList()) {
      if (widest.isEmpty() || spread.difference() > widest.get().difference()) {
        widest = Optional.of(spread);
      }
      if (spread.ratio().isPresent()
          && (steepest.isEmpty() || ratio(spread) < ratio(steepest.get()))) {
        steepest = Optional.of(spread);
      }
    }
    if (widest.isEmpty() && !spreads.isEmpty()) {
      return ofOne(name, spreads.get(0));
    }
    return new Gap(
        name, difference(name, widest, nowhere), ratio(name, widest, steepest, nowhere), widest);
  }

  private static Gap ofOne(String name, Spread alone) {
    return new Gap(
        name,
        Estimate.undefined(name + "_difference", Undefined.ONE_SUBGROUP, alone.smallest()),
        Estimate.undefined(name + "_ratio", Undefined.ONE_SUBGROUP, alone.smallest()),
        Optional.of(alone));
  }

  private static double ratio(Spread spread) {
    return spread.ratio().orElse(1);
  }

  private static Estimate difference(String name, Optional<Spread> widest, Undefined nowhere) {
    String key = name + "_difference";
    return widest
        .map(spread -> Estimate.exact(key, spread.difference(), spread.smallest()))
        .orElseGet(() -> Estimate.undefined(key, nowhere, 0));
  }

  private static Estimate ratio(
      String name, Optional<Spread> widest, Optional<Spread> steepest, Undefined nowhere) {
    String key = name + "_ratio";
    if (widest.isEmpty()) {
      return Estimate.undefined(key, nowhere, 0);
    }
    return steepest
        .map(spread -> Estimate.exact(key, ratio(spread), spread.smallest()))
        .orElseGet(
            () -> Estimate.undefined(key, Undefined.ZERO_OVER_ZERO, widest.get().smallest()));
  }
}
