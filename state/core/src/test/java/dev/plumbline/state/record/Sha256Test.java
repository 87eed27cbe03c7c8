package dev.plumbline.state.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Sha256Test {

  /** The example of FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void theStandardsExampleHasItsHash() {
    assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(ABC);
  }

  @Test
  void aNameIsTheFirstHalfOfTheHash() {
    assertThat(Sha256.hex("abc")).isEqualTo(ABC.substring(0, 32));
    assertThat(Sha256.hex("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(Sha256.hex("abc"));
  }

  @Test
  void whereTextsEndIsPartOfTheName() {
    assertThat(Sha256.hex("ab", "c")).isNotEqualTo(Sha256.hex("a", "bc"));
    assertThat(Sha256.hex("a", "b")).isEqualTo(Sha256.hex("a\nb"));
  }
}
