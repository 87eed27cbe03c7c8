package dev.plumbline.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {

  private final Pace pace = new Pace(2, 100);

  @Test
  void theFileThatIsBehindIsReadNext() {
    pace.read(0, 10);
    assertThat(pace.next()).isEqualTo(1);
    pace.read(1, 20);
    assertThat(pace.next()).isZero();
  }

  @Test
  void oneTimeInTheFarFutureDoesNotHoldItsFileUp() {
    pace.read(0, 10);
    pace.read(1, 20);
    pace.read(0, 1_000_000);
    assertThat(pace.next()).isZero();
  }

  @Test
  void twoTimesBeyondAGapAreBelieved() {
    pace.read(0, 10);
    pace.read(1, 20);
    pace.read(0, 1_000);
    pace.read(0, 1_001);
    assertThat(pace.next()).isEqualTo(1);
  }

  @Test
  void whenOneFileHasEndedTheOtherIsReadToItsEnd() {
    pace.read(0, 10);
    pace.end(1);
    assertThat(pace.next()).isZero();
    pace.end(0);
    assertThat(pace.isOver()).isTrue();
  }

  @Test
  void oneFileOrThreeAreReadToTheirEndsToo() {
    Pace alone = new Pace(1, 100);
    assertThat(alone.next()).isZero();
    alone.end(0);
    assertThat(alone.isOver()).isTrue();

    Pace three = new Pace(3, 100);
    three.read(0, 10);
    three.read(1, 20);
    assertThat(three.next()).isEqualTo(2);
    three.read(2, 30);
    three.end(0);
    assertThat(three.next()).isEqualTo(1);
  }
}
