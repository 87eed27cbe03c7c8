package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RawBytesTest {

  @Test
  void everyGeneratedRecordIsReadAsItWasWritten() {
    Log log = Generator.hostile(Plan.of(1).sequenced().withEvents(200)).log();

    assertThat(log.partitions())
        .flatExtracting(Log.Partition::records)
        .hasSizeGreaterThan(200)
        .allSatisfy(
            raw ->
                assertThat(RawBytes.<Object>read(RawBytes.of(raw), event -> event, why -> why))
                    .isEqualTo(raw.<Object>fold(Raw.Mapped::event, Raw.Unmapped::reason)));
  }
}
