package dev.plumbline.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Monitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {

  private static final String MONITOR =
      """
      monitor: NAME
      task: binary
      models: [m]
      outcome:
        positive: {label: bad, decision: decline}
        favourable_decision: approve
      predictions:
        topic: predictions
        format: json
        fields:
          id: id
          time: at
          model: {constant: m}
          decision: {field: action, map: {D: decline, A: approve}}
          attributes: {sex: sex}
      labels:
        topic: labels
        format: json
        fields:
          id: id
          label: {field: status, map: {B: bad, G: good}}
        horizon: 2d
      subgroups: {attributes: [sex]}
      windows: {pane: 1h, sizes: [1d]}
      """;

  @TempDir private Path folder;

  private final List<String> events = new ArrayList<>();
  private final List<String> said = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final List<Member> members = new ArrayList<>();
  private long now;
  private boolean areSlow;

  private static final class Member implements Running {

    private final Monitor monitor;
    private final List<String> events;
    private volatile @Nullable Throwable problem;
    private boolean hasBegun = true;

    Member(Monitor monitor, List<String> events) {
      this.monitor = monitor;
      this.events = events;
    }

    @Override
    public boolean hasBegun() {
      return hasBegun;
    }

    @Override
    public boolean hasStopped() {
      return problem != null;
    }

    @Override
    public Optional<Throwable> problem() {
      return Optional.ofNullable(problem);
    }

    @Override
    public void close() {
      synchronized (events) {
        events.add("-" + monitor.name());
      }
    }
  }

  private Fleet fleet() {
    return new Fleet(
        folder,
        monitor -> {
          if (refused.contains(monitor.name())) {
            throw Failure.problem("topic predictions is missing");
          }
          events.add("+" + monitor.name() + monitor.settings().shards());
          members.add(new Member(monitor, events));
          members.get(members.size() - 1).hasBegun = !areSlow;
          return members.get(members.size() - 1);
        },
        said::add,
        () -> now);
  }

  private void write(String file, String name, int shards) throws IOException {
    Files.writeString(
        folder.resolve(file), MONITOR.replace("NAME", name) + "shards: " + shards + "\n");
  }

  private List<String> after(Fleet fleet, int looks) {
    events.clear();
    for (int i = 0; i < looks; i++) {
      fleet.look();
    }
    return List.copyOf(events);
  }

  @Test
  void filesComeChangeAndGo() throws IOException {
    write("a.yaml", "a", 2);
    write("b.yaml", "b", 2);
    try (Fleet fleet = fleet()) {
      assertThat(after(fleet, 3)).containsExactly("+a2", "+b2");
      write("c.yaml", "c", 2);
      assertThat(after(fleet, 1)).as("it may not be written to its end").isEmpty();
      assertThat(after(fleet, 1)).containsExactly("+c2");
      write("a.yaml", "a", 3);
      assertThat(after(fleet, 3)).containsExactly("-a", "+a3");
      Files.move(folder.resolve("a.yaml"), folder.resolve("z.yaml"));
      assertThat(after(fleet, 3)).as("its monitor is the same").isEmpty();
      Files.delete(folder.resolve("b.yaml"));
      assertThat(after(fleet, 3)).containsExactly("-b");
      assertThat(fleet.size()).isEqualTo(2);
      events.clear();
    }
    assertThat(events).containsExactlyInAnyOrder("-a", "-c");
  }

  @Test
  void aNameMayMoveToAnotherFile() throws IOException {
    write("a.yaml", "x", 2);
    write("b.yaml", "y", 3);
    try (Fleet fleet = fleet()) {
      after(fleet, 2);
      write("a.yaml", "y", 3);
      write("b.yaml", "x", 4);
      assertThat(after(fleet, 3)).containsExactly("-x", "+x4");
      write("b.yaml", "z", 4);
      assertThat(after(fleet, 3)).containsExactly("-x", "+z4");
    }
  }

  @Test
  void whatIsWrongChangesNothing() throws IOException {
    write("a.yaml", "a", 2);
    try (Fleet fleet = fleet()) {
      after(fleet, 2);
      Files.writeString(folder.resolve("b.yaml"), "monitor: b\n");
      write("a.yaml", "a", 0);
      assertThat(after(fleet, 4)).isEmpty();
      assertThat(said).filteredOn(text -> text.startsWith("b.yaml: not taken")).hasSize(1);
      assertThat(said)
          .filteredOn(text -> text.startsWith("a.yaml: not taken; a goes on as it was"))
          .singleElement()
          .asString()
          .contains("a.yaml:25: shards: expected");
      write("a.yaml", "a", 2);
      assertThat(after(fleet, 3)).isEmpty();
      write("c.yaml", "a", 2);
      assertThat(after(fleet, 3)).as("two files of one name").isEmpty();
      Files.delete(folder.resolve("a.yaml"));
      assertThat(after(fleet, 3)).as("the other is the same").isEmpty();
      Files.writeString(folder.resolve("plumbline.yaml"), "defaults: wrong\n");
      assertThat(after(fleet, 3)).isEmpty();
      assertThat(fleet.size()).isEqualTo(1);
    }
  }

  @Test
  void aDirectoryThatIsAwayStopsNothing() throws IOException {
    write("a.yaml", "a", 2);
    try (Fleet fleet = fleet()) {
      after(fleet, 2);
      Path away = folder.resolveSibling(folder.getFileName() + "-away");
      Files.move(folder, away);
      assertThat(after(fleet, 3)).isEmpty();
      assertThat(said).filteredOn(text -> text.contains("cannot be read")).hasSize(1);
      Files.move(away, folder);
      assertThat(after(fleet, 3)).isEmpty();
    }
  }

  @Test
  void fewBeginAtATime() throws IOException {
    for (int i = 0; i < 10; i++) {
      write(i + ".yaml", "m" + i, 2);
    }
    areSlow = true;
    try (Fleet fleet = fleet()) {
      assertThat(after(fleet, 3)).hasSize(4);
      members.get(2).hasBegun = true;
      members.get(3).problem = new IllegalStateException("x");
      assertThat(after(fleet, 2)).containsExactly("-m3", "+m42", "+m52");
    }
  }

  @Test
  void oneThatFailsIsTriedAgainLaterAndLater() throws IOException {
    write("a.yaml", "a", 2);
    write("b.yaml", "b", 2);
    refused.add("a");
    try (Fleet fleet = fleet()) {
      assertThat(after(fleet, 3)).containsExactly("+b2");
      assertThat(said)
          .contains("a: not started: topic predictions is missing; it is tried again in 1 s");
      now += 1_000;
      after(fleet, 3);
      assertThat(said)
          .contains("a: not started: topic predictions is missing; it is tried again in 2 s");
      refused.clear();
      now += 1_999;
      assertThat(after(fleet, 3)).isEmpty();
      now += 1;
      assertThat(after(fleet, 3)).containsExactly("+a2");
      members.get(0).problem =
          new IllegalStateException("x", new IllegalArgumentException("a record of Mars"));
      assertThat(after(fleet, 3)).containsExactly("-b");
      assertThat(said)
          .contains(
              "b: stopped; nothing was skipped: IllegalArgumentException: a record of Mars; it is"
                  + " tried again in 1 s");
      now += 1_000;
      assertThat(after(fleet, 3)).containsExactly("+b2");
      for (int i = 0; i < 40; i++) {
        members.get(members.size() - 1).problem = new IllegalStateException("again");
        after(fleet, 1);
        now += 300_000 - 1;
        after(fleet, 1);
        now += 1;
        assertThat(after(fleet, 1)).as("no pause is longer than 5 minutes").hasSizeLessThan(2);
      }
      assertThat(said)
          .contains(
              "b: stopped; nothing was skipped: IllegalStateException: again; it is tried again in 300"
                  + " s");
    }
  }
}
