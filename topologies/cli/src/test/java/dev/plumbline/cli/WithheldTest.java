package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of small groups nothing is stated, but that there are such. */
final class WithheldTest {

  private static final int SMALL = 3;

  @TempDir Path folder;

  @Test
  void statementsAboutAllCountTheSubgroupsTheyLeaveOut() throws IOException {
    Recorded recorded = Recorded.in(folder);
    String rows = Files.readString(recorded.predictions());
    for (int i = 0; i < SMALL; i++) {
      rows = rows.replaceFirst(",[FM],", ",X,");
    }
    Files.writeString(recorded.predictions(), rows);
    String monitor = Files.readString(recorded.monitor());
    Files.writeString(recorded.monitor(), monitor.replace("publish_min: 1,", "publish_min: 20,"));

    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    List<JsonNode> ofAll = new ArrayList<>();
    for (String line : Files.readAllLines(recorded.output("out").resolve("metrics.jsonl"))) {
      JsonNode statement = new ObjectMapper().readTree(line);
      assertThat(statement.get("subgroup").asText()).isNotEqualTo("sex=X");
      if (statement.get("subgroup").asText().equals("all")
          && statement.get("window_size").asText().equals("all")) {
        ofAll.add(statement);
      }
    }
    assertThat(ofAll)
        .isNotEmpty()
        .allSatisfy(
            statement -> {
              assertThat(statement.get("withheld").asInt()).isEqualTo(1);
              assertThat(statement.get("disparities")).isNotEmpty();
              statement
                  .get("disparities")
                  .forEach(gap -> assertThat(gap.get("skipped").asInt()).isEqualTo(1));
            });
    assertThat(shell.out())
        .containsPattern(
            "withheld: subgroups of fewer than 20 predictions .*statements about all; up to 1 in")
        .doesNotContainPattern("m 1 +sex=X");
  }

  @Test
  void whereEveryWindowIsSmallItSaysThatNothingIsStated() throws IOException {
    Recorded recorded = Recorded.in(folder);
    String monitor = Files.readString(recorded.monitor());
    Files.writeString(recorded.monitor(), monitor.replace("publish_min: 1,", "publish_min: 5000,"));

    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.out()).contains("0 statements").contains("as no window has 5000 predictions");
  }
}
