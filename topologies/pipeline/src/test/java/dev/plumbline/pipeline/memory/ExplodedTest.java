package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.testkit.Generated;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that lie together in one record are judged as if each had come in one of its own. */
final class ExplodedTest {

  private static final int MOST = 6;

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void eventsOfOneRecordCountLikeRecordsOneAfterTheOther(long seed) {
    Plan plan = Plan.of(seed).withEvents(500);
    Generated generated = Generator.hostile(seed % 2 == 0 ? plan.sequenced() : plan);
    Log log = generated.log();
    SplittableRandom random = new SplittableRandom(seed);
    Rehearsal run =
        new Rehearsal(RawRecords.flow(log, generated.plan().rules(), 3, List.of()), seed);

    for (int partition = 0; partition < log.partitions().size(); partition++) {
      List<Raw> records = log.partitions().get(partition).records();
      for (int from = 0; from < records.size(); ) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(MOST));
        run.read(partition, RawRecords.together(records.subList(from, to)));
        from = to;
        if (random.nextInt(MOST) == 0) {
          run.commit();
          run.crash();
        }
      }
      run.end(partition);
    }
    run.commit();

    assertThat(run.deltas())
        .isEqualTo(NaiveSorter.deltas(log, generated.plan().rules(), Plan.MODELS, List.of()));
  }
}
