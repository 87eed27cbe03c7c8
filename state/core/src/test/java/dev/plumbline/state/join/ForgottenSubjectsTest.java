package dev.plumbline.state.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words about subjects are forgotten only when nobody may ask for them. */
final class ForgottenSubjectsTest {

  /**
   * Whatever the order of reading, and whatever is pruned meanwhile: the same as without a frontier
   * that moves, where nothing is.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void whatIsForgottenNeverMatters(int block) {
    for (int seed = block * 200; seed < (block + 1) * 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<List<Arrived>> partitions = new ArrayList<>();
      for (int partition = 0; partition < 4; partition++) {
        partitions.add(records(partition, random));
      }
      Map<String, Long> expected = read(partitions, false, random);
      assertThat(read(partitions, true, random)).as("seed " + seed).isEqualTo(expected);
      assertThat(read(partitions, true, random)).as("seed " + seed).isEqualTo(expected);
    }
  }

  private static List<Arrived> records(int partition, SplittableRandom random) {
    List<Arrived> records = new ArrayList<>();
    long clock = 100;
    for (int i = 0; i < 5; i++) {
      clock += random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(40);
      IdHash subject = new IdHash(5, random.nextInt(2));
      Event event;
      if (partition == 0) {
        event = SubjectsTest.prediction(random.nextInt(3), clock, subject);
      } else if (partition == 1) {
        event =
            new Label(
                new IdHash(0, random.nextInt(3)),
                clock,
                clock - random.nextInt(20),
                Event.NO_SEQUENCE,
                random.nextInt(2));
      } else {
        event = anyWord(subject, clock - random.nextInt(400), random);
      }
      records.add(new Arrived(partition, i, clock, event));
    }
    return records;
  }

  private static Attributes anyWord(IdHash subject, long time, SplittableRandom random) {
    long since = random.nextBoolean() ? Attributes.ALWAYS : time + random.nextInt(200) - 150;
    return random.nextInt(3) == 0
        ? new Attributes(subject, time, Event.NO_SEQUENCE, since, true, List.of(Cell.MISSING))
        : new Attributes(
            subject,
            time,
            Event.NO_SEQUENCE,
            since,
            List.of(List.of("f", "m", "x").get(random.nextInt(3))));
  }

  /** The sums of what cells count, by arrival pane. */
  private static Map<String, Long> read(
      List<List<Arrived>> partitions, boolean isMoving, SplittableRandom random) {
    Join join = new Join(SubjectsTest.RULES, new Silences());
    Map<String, Long> sums = new TreeMap<>();
    DeltaSink deltas =
        (pane, counter, amount) -> {
          if (counter instanceof Predicted || counter instanceof Labelled) {
            sums.merge(pane + " " + counter, amount, Long::sum);
          }
        };
    int[] next = new int[partitions.size()];
    int left = partitions.stream().mapToInt(List::size).sum();
    for (; left > 0; left--) {
      int partition = random.nextInt(next.length);
      while (next[partition] == partitions.get(partition).size()) {
        partition = (partition + 1) % next.length;
      }
      join.add(
          partitions.get(partition).get(next[partition]++),
          deltas,
          (record, state, reason, pane) -> {});
      long frontier = Long.MAX_VALUE;
      for (int p = 0; p < next.length; p++) {
        int read = next[p];
        if (read < partitions.get(p).size()) {
          long clock = read == 0 ? 0 : partitions.get(p).get(read - 1).arrival();
          frontier = Math.min(frontier, clock / 10);
        }
      }
      if (isMoving && frontier < Long.MAX_VALUE) {
        SubjectsTest.advance(join, frontier);
      }
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }
}
