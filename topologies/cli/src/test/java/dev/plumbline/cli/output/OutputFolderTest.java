package dev.plumbline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.Reject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {

  @TempDir Path folder;

  @Test
  void theOrderOfPublishingDoesNotShow() throws IOException {
    List<Published> records = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      records.add(reject(i, i % 3));
      records.add(audit("problem " + i, i % 3));
    }
    write("one", records);
    Collections.reverse(records);
    write("two", records);

    for (String file : List.of("rejects.jsonl", "audit.jsonl")) {
      assertThat(folder.resolve("two").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("one").resolve(file));
      assertThat(Files.readAllLines(folder.resolve("one").resolve(file))).hasSize(30);
    }
  }

  @Test
  void fieldsHaveTheNamesAndOrderOfTheSchemaAndAChoiceNamesItsKind() throws IOException {
    write("out", List.of(audit("swapped", 1)));

    assertThat(Files.readString(folder.resolve("out").resolve("audit.jsonl")))
        .isEqualTo(
            "{\"monitor\":\"m\",\"monitor_digest\":\"d\",\"pane_end\":\"1970-01-01T00:00:01Z\","
                + "\"event\":{\"type\":\"Refused\",\"problem\":\"swapped\",\"remedy\":\"turn\"}}\n");
  }

  @Test
  void rejectsOfAPaneStandInOrderOfTheirOffsets() throws IOException {
    write("out", List.of(reject(10, 1), reject(9, 1), reject(11, 0)));

    List<String> lines = Files.readAllLines(folder.resolve("out").resolve("rejects.jsonl"));
    assertThat(lines.get(0)).contains("\"offset\":11,");
    assertThat(lines.get(1)).contains("\"offset\":9,");
    assertThat(lines.get(2)).contains("\"offset\":10,");
  }

  private void write(String name, List<Published> records) {
    try (OutputFolder out = OutputFolder.in(folder.resolve(name))) {
      records.forEach(out::add);
      out.finish();
    }
  }

  private static Published reject(long offset, int pane) {
    Reject value =
        Reject.newBuilder()
            .setMonitor("m")
            .setTopic("t")
            .setPartition(0)
            .setOffset(offset)
            .setReason("null_value")
            .setPane(Instant.ofEpochSecond(pane))
            .build();
    return new Published(Output.REJECTS, "m|t|0|" + offset, value, 0, "id");
  }

  private static Published audit(String problem, int pane) {
    Audit value =
        Audit.newBuilder()
            .setMonitor("m")
            .setMonitorDigest("d")
            .setPaneEnd(Instant.ofEpochSecond(pane))
            .setEvent(Refused.newBuilder().setProblem(problem).setRemedy("turn").build())
            .build();
    return new Published(Output.AUDIT, "m", value, 0, "id");
  }
}
