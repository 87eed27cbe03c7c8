package dev.plumbline.schemas;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Prediction;
import dev.plumbline.schemas.avro.Reject;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CompatibilityTest {

  static List<Class<? extends SpecificRecord>> types() {
    return List.of(
        Prediction.class, Label.class, Metrics.class, Alert.class, Reject.class, Audit.class);
  }

  @ParameterizedTest
  @MethodSource("types")
  void theCurrentSchemaReadsWhatEveryVersionWrote(Class<? extends SpecificRecord> type) {
    Schema current = Topic.of(type).schema().orElseThrow();

    for (String version : GoldenFiles.versions(type)) {
      SchemaCompatibility.SchemaPairCompatibility verdict =
          SchemaCompatibility.checkReaderWriterCompatibility(
              current, GoldenFiles.schema(version, type));

      assertThat(verdict.getType()).as(verdict.getDescription()).isEqualTo(COMPATIBLE);
    }
  }

  /** A change of a schema needs a golden folder of its own; until there is one, nothing changes. */
  @ParameterizedTest
  @MethodSource("types")
  void theCurrentSchemaIsTheNewestOneReleased(Class<? extends SpecificRecord> type) {
    assertThat(Topic.of(type).schema())
        .contains(GoldenFiles.schema(GoldenFiles.newest(type), type));
  }
}
