package dev.plumbline.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Records.Rejection;
import dev.plumbline.schemas.avro.Reject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecordsTest {

  private static Reject reject(long pane) {
    Rejection rejection = new Rejection(2, 7, "undecodable", "expected JSON, was none", 12, pane);
    return (Reject) new Records(Hiring.FLOW).reject(rejection, 0).value();
  }

  @Test
  void aRejectNamesTheEndOfTheHourThatCountsIt() {
    assertThat(reject(2).getPane()).isEqualTo(Instant.parse("1970-01-01T03:00:00Z"));
    assertThat(reject(2).getTopic()).isEqualTo("hiring.outcomes");
  }

  @Test
  void aRejectBeforeTheFirstReadableTimeHasNoPane() {
    assertThat(reject(Rejection.BEFORE_THE_FIRST).getPane()).isNull();
  }
}
