package dev.plumbline.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Prediction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class WireFormatTest {

  private static final Label LABEL =
      Label.newBuilder().setId("42").setKnown(Instant.EPOCH).setLabel("repaid").build();

  /** Nothing listens on port 1. */
  private static final String NOWHERE = "http://127.0.0.1:1";

  @Test
  void theHeaderIsAZeroByteAndTheSchemaId() {
    byte[] value = WireFormat.frame(0x01020304, LABEL);

    assertThat(value).startsWith(0, 1, 2, 3, 4);
    assertThat(WireFormat.schemaId(value)).hasValue(0x01020304);
  }

  @Test
  void otherBytesHaveNoSchemaId() {
    assertThat(WireFormat.schemaId(new byte[4])).isEmpty();
    assertThat(WireFormat.schemaId("{\"id\": 1}".getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void cutBytesDoNotDecode() {
    byte[] value = WireFormat.frame(1, LABEL);
    byte[] cut = Arrays.copyOf(value, value.length - 2);

    assertThatThrownBy(() -> WireFormat.read(cut, schema(), Label.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("do not decode as dev.plumbline.schemas.avro.Label");
  }

  @Test
  void valuesWithoutTheHeaderAreRefused() {
    WireFormat format = new WireFormat(Registry.at(NOWHERE));

    assertThatThrownBy(() -> format.decode(new byte[] {'{', '}'}, Label.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected a zero byte and a schema id before Avro");
  }

  @Test
  void anUnreachableRegistryIsNamedWithARemedy() {
    try (Registry registry = Registry.at(NOWHERE)) {
      assertThatThrownBy(() -> new WireFormat(registry).encode("topic", LABEL))
          .isInstanceOf(RegistryException.class)
          .hasMessageContaining(NOWHERE)
          .hasMessageContaining("start it, or correct its url")
          .matches(e -> ((RegistryException) e).retriable());
    }
  }

  @Test
  void anUnreachableRegistryIsNoDefiniteAnswer() {
    try (Registry registry = Registry.at(NOWHERE)) {
      assertThat(registry.schema(1)).isInstanceOf(SchemaAnswer.Unavailable.class);
      assertThatThrownBy(() -> registry.latest("topic")).isInstanceOf(RegistryException.class);
    }
  }

  @Test
  void defaultsFillWhatAnOldWriterDidNotKnow() {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Prediction", "namespace": "dev.plumbline.schemas.avro",
                 "fields": [{"name": "id", "type": "string"}, {"name": "time", "type": "long"},
                            {"name": "model", "type": "string"}]}
                """);
    byte[] value = {0, 0, 0, 0, 1, 2, 'a', 0, 2, 'm'};

    Prediction prediction = WireFormat.read(value, older, Prediction.class);

    assertThat(prediction.getId()).isEqualTo("a");
    assertThat(prediction.getScore()).isNull();
    assertThat(prediction.getAttributes()).isEmpty();
  }

  private static Schema schema() {
    return Topic.LABELS.schema().orElseThrow();
  }
}
