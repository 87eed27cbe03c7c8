package dev.plumbline.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Examples;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.state.evidence.Direction;
import dev.plumbline.state.evidence.Effect;
import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Strength;
import dev.plumbline.state.evidence.Interval;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.Sample;
import dev.plumbline.state.evidence.SeriesName;
import dev.plumbline.state.evidence.Subgroup;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class StateFormatTest {

  private static final Outbox NOBODY =
      new Outbox() {
        @Override
        public void toJoin(int shard, byte[] message) {}

        @Override
        public void toMerge(int merge, byte[] message) {}

        @Override
        public void answer(byte[] message) {}

        @Override
        public void progress(long clock) {}

        @Override
        public void publish(Published record) {}
      };

  @Test
  void stateOfAnotherBuildIsRefusedWithTheRemedy() {
    byte[] other = {(byte) (ModelCodec.FORMAT - 1)};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelCodec.requireFormat(new ByteReader(other)))
        .withMessageContaining("merge state of format " + (ModelCodec.FORMAT - 1))
        .withMessageContaining("start a new generation");
  }

  @Test
  void anOpeningIsReadAsItWasWritten() {
    Opened opened =
        new Opened(
            new SeriesName(RateMetric.TPR, new Subgroup("sex=F", 1)),
            100,
            Direction.DOWN,
            new Strength(12, 10, 0.1, 1.5),
            90,
            new Effect(new Sample(40, 20), new Interval(0.3, 0.7), 0.2, new Interval(-0.1, 1)),
            7,
            60,
            500,
            new Sample(80, 8));
    ByteWriter out = new ByteWriter();

    ModelCodec.writeOpened(opened, out);

    assertThat(ModelCodec.readOpened(new ByteReader(out.toBytes()))).isEqualTo(opened);
  }

  @Test
  void keysOfAnotherBuildAreRefusedWithTheRemedy() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parts().restore(new byte[] {'m'}, new byte[0]))
        .withMessageContaining("start a new generation");
  }

  @Test
  void pendingPredictionsOfAnotherBuildAreRefusedWithTheRemedy() {
    Flow flow =
        Flows.of(
            Examples.monitor(Examples.MINIMAL),
            List.of(
                new InputPartition(Kind.PREDICTIONS, "hiring.predictions", 0, 0, true),
                new InputPartition(Kind.LABELS, "hiring.outcomes", 0, 0, true)),
            List.of());
    List<byte[]> written = new ArrayList<>();
    JoinStep first = new JoinStep(0, flow);
    first.flush(
        (key, value) -> written.addAll(List.of(key, Objects.requireNonNull(value))), NOBODY);
    JoinStep same = new JoinStep(0, flow);
    JoinStep other = new JoinStep(0, flow);
    for (int i = 0; i < written.size(); i += 2) {
      byte[] value = written.get(i + 1);
      same.restore(written.get(i), value);
      if (written.get(i)[0] != 'f') {
        other.restore(written.get(i), value);
      }
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JoinStep(0, flow).restore(new byte[] {'f'}, new byte[] {99}))
        .withMessageContaining("join state of format 99");
    same.flush((key, value) -> assertThat(key[0]).isNotEqualTo((byte) 'f'), NOBODY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.flush((key, value) -> {}, NOBODY))
        .withMessageContaining("join state of format 0, this build reads 129")
        .withMessageContaining("start a new generation");
  }

  @Test
  void theFormatIsNoTextLengthSoThatOlderStateCannotPassForIt() {
    assertThat(ModelCodec.FORMAT).isGreaterThan(127);
  }
}
