package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Step;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What an intake says of its clock, so that its partition is waited for, or waits. */
final class IntakeClockTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long BEGIN = 480_000 * HOUR;
  private static final long GRACE = Plan.RULES.timing().grace();

  private final Steps steps =
      new MonitorSteps(
          RawRecords.flow(
              new Log(List.of(Log.Partition.of(Log.Kind.LABELS, List.of()))),
              Plan.RULES,
              2,
              List.of()),
          partition -> RawRecords::mapped);
  private final Sent sent = new Sent();
  private final Map<String, byte[]> changelog = new TreeMap<>();
  private final Step.Changelog written =
      (key, value) -> changelog.put(new String(key, StandardCharsets.UTF_8), value);
  private Intake intake = steps.intake(0);
  private int offset;

  @Test
  void noTimeIsKnownBeforeOneIsConfirmed() {
    assertThat(intake.clock()).isEqualTo(Intake.UNKNOWN);

    read(BEGIN);

    assertThat(intake.clock()).isEqualTo(Intake.UNKNOWN);
    intake.flush(written, sent);
    assertThat(sent.progress).isEmpty();
  }

  @Test
  void aClockIsSaidInWholePanesOnceAtAFlush() {
    read(BEGIN);
    read(BEGIN + HOUR / 2);
    read(BEGIN + HOUR);
    read(BEGIN + 3 * HOUR / 2);
    intake.flush(written, sent);
    read(BEGIN + HOUR);
    intake.flush(written, sent);

    assertThat(intake.clock()).isEqualTo(BEGIN + HOUR - GRACE);
    assertThat(sent.progress).containsExactly(BEGIN + HOUR - GRACE);
  }

  @Test
  void nobodyWaitsForAPartitionThatIsIdleUntilItBringsSomething() {
    read(BEGIN);
    read(BEGIN);
    intake.quiet(Long.MAX_VALUE, sent);
    assertThat(intake.clock()).isEqualTo(Intake.NOT_AWAITED);

    read(BEGIN);

    assertThat(intake.clock()).isEqualTo(BEGIN - GRACE);
  }

  @Test
  void nobodyWaitsForAPartitionThatHasEnded() {
    intake.end(sent);

    assertThat(intake.clock()).isEqualTo(Intake.NOT_AWAITED);
  }

  @Test
  void aRestoredIntakeSaysItsClockAgain() {
    read(BEGIN);
    read(BEGIN);
    intake.flush(written, sent);
    intake = steps.intake(0);
    changelog.forEach((key, value) -> intake.restore(key.getBytes(StandardCharsets.UTF_8), value));

    assertThat(intake.clock()).isEqualTo(BEGIN - GRACE);
    intake.flush(written, sent);
    assertThat(sent.progress).containsExactly(BEGIN - GRACE, BEGIN - GRACE);
  }

  private void read(long known) {
    IdHash id = new IdHash(7, offset);
    Label label = new Label(id, known, known, Event.NO_SEQUENCE, 1);
    intake.receive(RawRecords.incoming(new Raw.Mapped(offset++, known, label)), sent);
  }

  private static final class Sent implements Outbox {
    private final List<Long> progress = new ArrayList<>();

    @Override
    public void progress(long clock) {
      progress.add(clock);
    }

    @Override
    public void toJoin(int shard, byte[] message) {}

    @Override
    public void toMerge(int merge, byte[] message) {}

    @Override
    public void answer(byte[] message) {}

    @Override
    public void publish(Published record) {}
  }
}
