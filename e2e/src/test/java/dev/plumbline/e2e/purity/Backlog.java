package dev.plumbline.e2e.purity;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Log.Kind;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import dev.plumbline.testkit.RawBytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Many predictions within a time in which each may still get a label: all of them are kept until
 * the end of the stream. One of ten gets its label within it. Nothing of the stream is held in
 * memory.
 *
 * @param predictions how many there are
 */
record Backlog(int predictions) {

  /** Two of predictions, two of labels: partition and delay of a label follow from its number. */
  private static final Plan PLAN = Plan.of(0).withPartitions(2, 2);

  private static final long BEGIN = Duration.ofDays(1).toMillis();

  /** Half of what a prediction is kept for by the rules of the plan. */
  private static final long SPAN = Duration.ofDays(2).toMillis();

  /** How late labels are, for each of their partitions. */
  private static final List<Long> DELAYS =
      List.of(Duration.ofHours(3).toMillis(), Duration.ofHours(30).toMillis());

  private static final int PREDICTIONS_PER_LABEL = 10;
  private static final int SCORES = 1000;

  /** Takes the records of all partitions, those of each in the order of their offsets. */
  private interface Reader {
    void read(int partition, Incoming record);
  }

  /** A monitor of this stream; its log says no more than which partitions there are. */
  GeneratedMonitor monitor(String name) {
    Stream<Kind> kinds = Stream.of(Kind.PREDICTIONS, Kind.PREDICTIONS, Kind.LABELS, Kind.LABELS);
    Log log = new Log(kinds.map(kind -> Log.Partition.of(kind, List.of())).toList());
    return new GeneratedMonitor(name, "backlog", PLAN, log);
  }

  /** Gives everything to a reader, in order of time. */
  private void read(Reader reader) {
    long[] offsets = new long[PLAN.predictionPartitions() + PLAN.labelPartitions()];
    int[] labelled = new int[PLAN.labelPartitions()];
    for (int i = 0; i < predictions; i++) {
      give(reader, i % PLAN.predictionPartitions(), prediction(i), offsets);
      for (int p = 0; p < labelled.length; p++) {
        while (labelTime(p, labelled[p]) < time(i)) {
          give(reader, PLAN.predictionPartitions() + p, label(p, labelled[p]++), offsets);
        }
      }
    }
  }

  /** Reads everything in memory, all partitions to their ends. */
  void runToEnd(MemoryRun run) {
    read(run::read);
    for (int p = 0; p < PLAN.predictionPartitions() + PLAN.labelPartitions(); p++) {
      run.end(p);
    }
  }

  /** Writes everything to the topics, which must be new. */
  void write(String bootstrap, GeneratedMonitor monitor) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrap, "transactional.id", monitor.input());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      read(
          (partition, record) -> {
            // A record that cannot be written fails the transaction.
            var unused =
                producer.send(
                    new ProducerRecord<>(
                        monitor.topic(partition),
                        monitor.partitionInTopic(partition),
                        record.timestamp(),
                        null,
                        record.value()));
          });
      producer.commitTransaction();
    }
  }

  private static void give(Reader reader, int partition, Event event, long[] offsets) {
    long offset = offsets[partition]++;
    Raw raw = new Raw.Mapped(offset, event.time(), event);
    reader.read(partition, new Incoming(offset, event.time(), null, RawBytes.of(raw)));
  }

  private long time(int prediction) {
    return BEGIN + SPAN * prediction / predictions;
  }

  /** The prediction to which a partition's label of this number belongs. */
  private static int labelled(int partition, int number) {
    return (number * DELAYS.size() + partition) * PREDICTIONS_PER_LABEL;
  }

  private long labelTime(int partition, int number) {
    return time(labelled(partition, number)) + DELAYS.get(partition);
  }

  private Label label(int partition, int number) {
    SplittableRandom random = new SplittableRandom(labelled(partition, number));
    IdHash id = id(random);
    long time = labelTime(partition, number);
    return new Label(id, time, time, Event.NO_SEQUENCE, random.nextInt(2));
  }

  private Prediction prediction(int number) {
    SplittableRandom random = new SplittableRandom(number);
    IdHash id = id(random);
    List<String> values =
        PLAN.values().stream()
            .map(all -> all.get(random.nextInt(all.size())))
            .collect(Collectors.toUnmodifiableList());
    int score = random.nextInt(SCORES) * (Prediction.FULL_SCORE / SCORES);
    return new Prediction(
        id,
        time(number),
        Event.NO_SEQUENCE,
        new Cell(Plan.MODEL, "1", values),
        2 * score / Prediction.FULL_SCORE,
        score);
  }

  private static IdHash id(SplittableRandom random) {
    return new IdHash(random.nextLong(), random.nextLong());
  }
}
