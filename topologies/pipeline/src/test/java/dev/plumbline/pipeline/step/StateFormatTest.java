package dev.plumbline.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.plumbline.state.wire.ByteReader;
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
