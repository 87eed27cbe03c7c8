package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.problems;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.TopicMapping;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SeveralFeedsTest {

  private static final String CHALLENGER =
      """
        - topic: hiring.challenger
          format: json
          fields:
            id: id
            time: at
            model: model
            version: {constant: challenger}
            score: {field: points, range: [0, 100], high_means: not_hired, threshold: 40}
            attributes: {sex: gender}
      """;

  private static final String BOTH = list(MINIMAL, CHALLENGER);

  /** One topic with records of both kinds. */
  private static final String MIXED =
      with(
          with(
              MINIMAL,
              "topic: hiring.predictions\n",
              "topic: hiring.events\n  where: {type: scored}\n"),
          "topic: hiring.labels\n",
          "topic: hiring.events\n  where: {type: decided}\n");

  private static String list(String monitor, String added) {
    String one = monitor.substring(monitor.indexOf("  topic: hiring.pred"));
    one = one.substring(0, one.indexOf("labels:"));
    return monitor.replace(one, "  - " + one.strip().replace("\n  ", "\n    ") + "\n" + added);
  }

  @Test
  void ifOneFeedSaysWhoHasALabelAllDo() {
    String acted = "acted: {field: did, map: {in: invite, out: reject}}";

    assertThat(problems(with(BOTH, "gender}", "gender}\n      " + acted)))
        .singleElement()
        .asString()
        .contains("predictions[0].fields: expected acted or review, as another feed");
  }

  @Test
  void predictionsMayBeAListOfFeeds() {
    Monitor monitor = monitor(BOTH);

    assertThat(monitor.topics())
        .containsExactly(
            Map.entry("hiring.predictions", Kind.PREDICTIONS),
            Map.entry("hiring.challenger", Kind.PREDICTIONS),
            Map.entry("hiring.labels", Kind.LABELS));
    assertThat(Summary.polarity(monitor))
        .contains(
            "score >= 0.5 or points <= 40 is the decision that predicts it",
            "a high score of hiring.predictions means hired, the positive class",
            "a high score of hiring.challenger means not_hired");
  }

  @Test
  void everyFeedMapsTheAttributesOfSubgroups() {
    assertThat(problems(with(BOTH, "attributes: {sex: gender}", "attributes: {gender: gender}")))
        .singleElement()
        .asString()
        .contains("subgroups.attributes[0]: expected an attribute of predictions[1].fields");
  }

  @Test
  void problemsOfAListNameTheirPlace() {
    assertThat(problems(with(BOTH, "range: [0, 100]", "range: [100, 0]")))
        .anyMatch(problem -> problem.contains("predictions[1].fields.score.range"));
  }

  @Test
  void aTopicMayCarryPredictionsAndLabels() {
    Monitor monitor = monitor(MIXED);
    TopicMapping mapping = mapping(monitor, "hiring.events");

    assertThat(monitor.topics()).containsExactly(Map.entry("hiring.events", Kind.BOTH));
    assertThat(
            mapping.apply(
                json("{'type':'scored','id':1,'at':1700000000000,'model':'ranker','score':1}")))
        .isInstanceOfSatisfying(
            Mapped.Admitted.class, m -> assertThat(m.event()).isInstanceOf(Prediction.class));
    assertThat(mapping.apply(json("{'type':'decided','id':1,'hired':1}")))
        .isInstanceOfSatisfying(
            Mapped.Admitted.class, m -> assertThat(m.event()).isInstanceOf(Label.class));
    assertThat(mapping.apply(json("{'type':'viewed','id':1}"))).isEqualTo(Mapped.FILTERED);
    assertThatThrownBy(() -> mapping(monitor, "hiring.labels"))
        .hasMessageContaining("expected a topic of the monitor hiring, was hiring.labels");
  }

  @Test
  void inASharedTopicEveryFeedSaysWhichRecordsAreItsOwn() {
    assertThat(problems(with(MIXED, "\n  where: {type: scored}", "")))
        .singleElement()
        .asString()
        .contains("predictions.topic: expected another topic than that of another feed, or where");
  }

  @Test
  void nothingIsConcludedFromAbsenceInATopicThatPredictionsMove() {
    assertThat(
            problems(with(MIXED, "horizon: 30d", "horizon: 30d\n  absent: {after: 1d, label: x}")))
        .anyMatch(
            problem -> problem.contains("labels.absent: expected labels in a topic of their"));
  }

  private static TopicMapping mapping(Monitor monitor, String topic) {
    return TopicMapping.of(
        monitor,
        topic,
        new IdHash.Key(1, 2),
        feed -> RowDecoder.json(),
        id -> {
          throw new AssertionError("no keys are read");
        });
  }

  private static Incoming json(String text) {
    byte[] value = text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return new Incoming(0, 1_700_000_000_000L, null, value);
  }
}
