package dev.plumbline.pipeline.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.pipeline.monitor.MonitorFile.Invalid;
import dev.plumbline.pipeline.monitor.MonitorFile.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorDirectoryTest {

  private static final String PANES = "windows: {pane: 1h, sizes: [1d]}\n";

  @TempDir private Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static String named(String name) {
    return Examples.MINIMAL.replace("monitor: hiring", "monitor: " + name);
  }

  private Monitor only(String name) throws IOException {
    return MonitorFile.read(folder.resolve(name)).orThrow();
  }

  /** What is wrong, by file name; empty for files that are right. */
  private Map<String, String> readings(Path... settled) throws IOException {
    Map<String, String> readings = new LinkedHashMap<>();
    MonitorDirectory.read(folder, Set.of(settled))
        .files()
        .forEach((file, reading) -> readings.put(file.getFileName().toString(), text(reading)));
    return readings;
  }

  private String text(Reading reading) {
    return reading.fold(valid -> "", Invalid::text).replace(folder + "/", "");
  }

  @Test
  void aFileNeedNotSayWhatItsDirectorySays() throws IOException {
    write("plumbline.yaml", "defaults:\n  " + PANES + "  owner: {team: hr}\n  shards: 2\n");
    write("a.yaml", named("a").replace(PANES, "") + "shards: 4\n");
    Monitor monitor = only("a.yaml");
    assertThat(monitor.owner().team()).isEqualTo("hr");
    assertThat(monitor.windows().pane()).isEqualTo(Span.HOUR);
    assertThat(monitor.settings().shards()).as("its own word counts").isEqualTo(4);
    String whole = named("a") + "owner: {team: hr}\nshards: 4\n";
    assertThat(monitor.digest())
        .as("as if all stood in the file")
        .isEqualTo(MonitorFile.parse(whole, "a.yaml").orThrow().digest());
  }

  @Test
  void aDefaultMayBeAList() throws IOException {
    write("plumbline.yaml", "defaults: {models: [ranker, other], task: binary}\n");
    write("a.yaml", named("a").replace("models: [ranker]\n", ""));
    assertThat(only("a.yaml").models()).containsExactly("ranker", "other");
    write("plumbline.yaml", "defaults: {models: [{a: b}]}\n");
    assertThat(readings().get("a.yaml")).contains("plumbline.yaml:1: defaults.models[0]: expected");
  }

  @Test
  void aKeyOfTheFileReplacesTheWholeDefault() throws IOException {
    write("plumbline.yaml", "defaults: {owner: {team: hr, runbook: wiki}}\n");
    write("a.yaml", named("a") + "owner: {team: lending}\n");
    assertThat(only("a.yaml").owner().team()).isEqualTo("lending");
    assertThat(only("a.yaml").owner().runbook()).isEmpty();
  }

  @Test
  void theBudgetIsSharedByThoseThatMayBe() throws IOException {
    write("plumbline.yaml", "false_alarms: 5 per 30d\nmonitors_at_most: 40\n");
    write("a.yaml", named("a"));
    String digest = only("a.yaml").digest();
    assertThat(only("a.yaml").falseAlarms().perThirtyDays()).isCloseTo(5.0 / 40, within(1e-15));
    write("b.yaml", named("b"));
    assertThat(only("a.yaml").digest()).as("no matter how many there are").isEqualTo(digest);
    write("c.yaml", named("c") + "false_alarms: 1 per 30d\n");
    assertThat(readings())
        .containsEntry("a.yaml", "")
        .containsEntry("b.yaml", "")
        .containsEntry(
            "c.yaml",
            "c.yaml:%d: false_alarms: expected none, as plumbline.yaml shares out those of the directory, was \"1 per 30d\"; remove it"
                .formatted(named("c").lines().count() + 1));
  }

  @Test
  void thoseThatHaveTheirShareKeepIt() throws IOException {
    write("plumbline.yaml", "false_alarms: 5 per 30d\nmonitors_at_most: 2\n");
    write("a.yaml", named("a"));
    Path b = write("b.yaml", named("b"));
    Path c = write("c.yaml", named("c"));
    assertThat(readings().get("c.yaml"))
        .isEqualTo(
            "c.yaml:1: monitor: expected one of the 2 monitors that share false_alarms, was one"
                + " more; raise monitors_at_most in plumbline.yaml, which lowers all shares");
    assertThat(readings(b, c)).containsEntry("b.yaml", "").containsEntry("c.yaml", "");
    assertThat(readings(b, c).get("a.yaml")).contains("one more");
  }

  @Test
  void namesakesAreRefusedAndOthersAreNot() throws IOException {
    write("a.yaml", named("same"));
    write("b.yml", "\n" + named("same"));
    write("c.yaml", named("c"));
    write("d.yaml", "monitor: [");
    write(".hidden.yaml", named("hidden"));
    write("notes.txt", "");
    assertThat(readings().keySet()).containsExactly("a.yaml", "b.yml", "c.yaml", "d.yaml");
    assertThat(readings())
        .containsEntry(
            "a.yaml",
            "a.yaml:1: monitor: expected a name of its own, was that of b.yml too; rename one;"
                + " the name is part of topics and states")
        .containsEntry(
            "b.yml",
            "b.yml:2: monitor: expected a name of its own, was that of a.yaml too; rename one;"
                + " the name is part of topics and states")
        .containsEntry("c.yaml", "");
    assertThat(readings().get("d.yaml")).startsWith("d.yaml:");
  }

  @Test
  void problemsNameTheFileThatTheValueIsIn() throws IOException {
    write("plumbline.yaml", "defaults:\n  windows: {pane: 1h, sizes: [90m]}\n");
    write("a.yaml", named("a").replace(PANES, "") + "shards: none\n");
    assertThat(readings().getOrDefault("a.yaml", "").lines().toList())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("a.yaml:") && line.contains("shards: expected"))
        .anyMatch(line -> line.startsWith("plumbline.yaml:2: windows.sizes[0]: expected"));
  }

  @Test
  void whatIsSharedIsCheckedAlsoWhereNobodyUsesIt() throws IOException {
    write("a.yaml", named("a") + "shards: 3\n");
    Map<String, String> wrong =
        Map.of(
            "defaults: {shards: none}\n",
            "plumbline.yaml:1: defaults.shards: expected",
            "defaults: {shard: 3}\n",
            "plumbline.yaml:1: defaults.shard: expected one of",
            "default: {shards: 3}\n",
            "plumbline.yaml:1: default: expected one of",
            "defaults: {monitor: a}\n",
            "plumbline.yaml:1: defaults.monitor: expected no name",
            "false_alarms: 1 per 30d\n",
            "plumbline.yaml:1: monitors_at_most: expected how many monitors may share",
            "false_alarms: lots\nmonitors_at_most: 3\n",
            "plumbline.yaml:1: false_alarms: expected a number of alerts",
            "monitors_at_most: 0\n",
            "plumbline.yaml:1: monitors_at_most: expected a number of monitors",
            "defaults: {false_alarms: 1 per 1d}\nfalse_alarms: 1 per 1d\nmonitors_at_most: 3\n",
            "plumbline.yaml:1: defaults.false_alarms: expected none",
            "",
            "plumbline.yaml:1: expected a mapping");
    for (Map.Entry<String, String> one : wrong.entrySet()) {
      write("plumbline.yaml", one.getKey());
      assertThat(readings().get("a.yaml")).startsWith(one.getValue());
    }
  }
}
