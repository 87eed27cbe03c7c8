package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.ForeignInput.Decision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of scores with values that are no scores, or that only few have. */
final class InitStrayTest {

  private final ForeignInput input = ForeignInput.make();

  @TempDir Path folder;

  @Test
  void strayTextsAmongTheScoresAreCounted() throws IOException {
    String few = proposed(scores(3, "n/a"), 1);
    String many = proposed(scores(50, "n/a"), 1);

    assertThat(few)
        .contains("# Fewer than 20 are no numbers: such predictions will be rejected.")
        .contains("score: {field: score, range: [0, 1], high_means: CHOOSE}");
    assertThat(many).contains("# 50 are no numbers: such predictions will be rejected.");
  }

  @Test
  void theScoreOfOneRecordIsNotInTheFile() throws IOException {
    String outlier = proposed(scores(1, "4711.25"), 1);
    String wide = proposed(scores(1, "-4711.25"), 7_000);

    assertThat(outlier)
        .doesNotContain("4711")
        .doesNotContain("4712")
        .contains("# Fewer than 20 are outside: such predictions will be rejected")
        .contains("range: [0, 1]");
    assertThat(wide).doesNotContain("4711").doesNotContain("4712").contains("range: [0, 10000]");
  }

  private static UnaryOperator<List<String>> scores(int strays, String text) {
    return scores -> {
      for (int i = 0; i < strays; i++) {
        scores.set(i * 100, text);
      }
      return scores;
    };
  }

  private String proposed(UnaryOperator<List<String>> change, double scale) throws IOException {
    List<String> scores = new ArrayList<>();
    input.decisions().forEach(d -> scores.add("" + d.score() * scale));
    List<String> changed = change.apply(scores);
    List<String> rows = new ArrayList<>(List.of("decision_id,scored_at,gender,score,action"));
    List<String> labels = new ArrayList<>(List.of("decision_id,reported_at,outcome"));
    for (int i = 0; i < changed.size(); i++) {
      Decision d = input.decisions().get(i);
      rows.add(String.join(",", d.id(), d.at() + "", d.gender(), changed.get(i), d.action()));
      labels.add(String.join(",", d.id(), d.reported().toString(), d.outcome()));
    }
    Path decisions = Files.write(folder.resolve("decisions.csv"), rows);
    Path outcomes = Files.write(folder.resolve("outcomes.csv"), labels);
    Shell shell = Shell.run("init", "--predictions", decisions, "--labels", outcomes);
    assertThat(shell.exitCode()).as(shell.err()).isZero();
    return shell.out();
  }
}
