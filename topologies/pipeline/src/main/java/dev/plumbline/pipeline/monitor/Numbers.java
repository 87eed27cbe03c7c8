package dev.plumbline.pipeline.monitor;

import java.math.BigDecimal;

/** Numbers as a person writes them. */
final class Numbers {

  private Numbers() {}

  /** Without exponent and without trailing zeros. */
  static String plain(double number) {
    return number == 0 ? "0" : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
