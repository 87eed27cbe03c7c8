package dev.plumbline.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import org.junit.jupiter.api.Test;

final class StateFormatTest {

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
  void theFormatIsNoTextLengthSoThatOlderStateCannotPassForIt() {
    assertThat(ModelCodec.FORMAT).isGreaterThan(127);
  }
}
