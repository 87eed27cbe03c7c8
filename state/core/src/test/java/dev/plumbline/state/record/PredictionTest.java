package dev.plumbline.state.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PredictionTest {

  private static final IdHash PERSON = new IdHash(0, 7);
  private static final IdHash ITEM = new IdHash(0, 8);

  @Test
  void onlyEqualContentsCompareAsEqual() {
    List<Prediction> ascending =
        List.of(about(), about(PERSON), about(PERSON, ITEM), about(ITEM), about(ITEM, PERSON));

    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertThat(ascending.get(i).compareContent(ascending.get(j)))
            .as(i + " and " + j)
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  private static Prediction about(IdHash... subjects) {
    Cell cell = new Cell("m", "1", List.of("a"));
    return new Prediction(
        new IdHash(0, 1), 10, Event.NO_SEQUENCE, cell, 1, 700_000, List.of(subjects));
  }
}
