package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Step;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.schemas.CloudEventHeader;
import dev.plumbline.streams.IntakeProcessor.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Lays the steps out as a topology: intakes, joins, merges.
 *
 * <p>Each input topic has a sub-topology and a repartition topic of its own. In one sub-topology
 * partition i of every topic would be one task, and one store would hold several partitions; and
 * two sub-topologies cannot share a repartition topic.
 *
 * @param steps makes the steps
 * @param topics names of the topics
 * @param values serialises the value of a published record
 * @param positions how far the inputs are read, and who waits for whom
 * @param run what bounds the run
 */
record MonitorTopology(
    Steps steps,
    MonitorTopics topics,
    Function<Published, byte[]> values,
    InputPositions positions,
    Run run) {

  /**
   * What bounds a run.
   *
   * @param ends end offsets of a bounded run, empty if the run is not bounded
   * @param tick how often an intake asks whether its partition is quiet or ended
   */
  record Run(Map<TopicPartition, Long> ends, Duration tick) {}

  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  /** Health is judged at least so often. */
  private static final long MOST_TICK_MILLIS = 1_000;

  /** Builds the topology. */
  Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    List<String> inputTopics = topics.inputs();
    KStream<byte[], byte[]> messages = intake(builder, inputTopics.get(0), 0);
    for (int input = 1; input < inputTopics.size(); input++) {
      messages =
          messages.merge(
              intake(builder, inputTopics.get(input), input), Named.as(Stage.REKEY.gather(input)));
    }
    messages =
        messages.merge(
            builder.stream(topics.clock(), consumed(Stage.CLOCK.source())),
            Named.as(Stage.CLOCK.gather()));
    KStream<byte[], byte[]> deltas =
        messages
            .process(joins(), Named.as(Stage.JOIN.node()))
            .repartition(repartitioned(Stage.DELTAS.node(), steps.merges()));
    publish(deltas.process(merges(), Named.as(Stage.MERGE.node())));
    builder.addGlobalStore(
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(Stage.PROGRESS.store()), BYTES, BYTES),
        topics.progress(),
        consumed(Stage.PROGRESS.node()),
        () -> new ProgressProcessor(positions));
    return builder.build();
  }

  private KStream<byte[], byte[]> intake(StreamsBuilder builder, String topic, int input) {
    Reading reading =
        new Reading(topic, input, positions, run.ends(), run.tick(), steps.reportMillis());
    IntFunction<Intake> intakes = partition -> steps.intake(inputPartition(topic, partition));
    KStream<byte[], byte[]> taken =
        builder.stream(topic, consumed(Stage.INTAKE.source(input)))
            .process(
                supplier(
                    () -> new IntakeProcessor(reading, publisher()),
                    StepStore.builder(Stage.INTAKE.store(input), intakes)),
                Named.as(Stage.INTAKE.node(input)));
    taken.to(
        topics.output(Output.REJECTS),
        Produced.with(BYTES, BYTES).withName(Stage.PUBLISH.node(Output.REJECTS, input)));
    taken.to(topics.progress(), Produced.with(BYTES, BYTES).withName(Stage.PROGRESS.node(input)));
    return taken.repartition(repartitioned(Stage.REKEY.node(input), steps.shards()));
  }

  private ProcessorSupplier<byte[], byte[], byte[], byte[]> joins() {
    IntFunction<Join> joins = steps::join;
    return supplier(
        () -> new JoinProcessor(topics.clock()), StepStore.builder(Stage.JOIN.store(), joins));
  }

  private ProcessorSupplier<byte[], byte[], byte[], byte[]> merges() {
    IntFunction<Merge> merges = steps::merge;
    return supplier(
        () -> new MergeProcessor(publisher(), watch()),
        StepStore.builder(Stage.MERGE.store(), merges));
  }

  /** A bounded run has an end, not health. */
  private Optional<MergeProcessor.Watch> watch() {
    Duration tick = Duration.ofMillis(Math.min(MOST_TICK_MILLIS, steps.reportMillis()));
    return run.ends().isEmpty()
        ? Optional.of(new MergeProcessor.Watch(positions.reports(), tick))
        : Optional.empty();
  }

  private Publisher publisher() {
    return new Publisher(CloudEventHeader.source(steps.monitorName()), values);
  }

  private void publish(KStream<byte[], byte[]> merged) {
    for (Output output : Output.values()) {
      merged.to(
          topics.output(output), Produced.with(BYTES, BYTES).withName(Stage.PUBLISH.node(output)));
    }
    merged.to(
        topics.clock(),
        Produced.with(BYTES, BYTES)
            .withName(Stage.CLOCK.node())
            .withStreamPartitioner(Targets::everywhere));
  }

  private int inputPartition(String topic, int partition) {
    return positions
        .number(new TopicPartition(topic, partition))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "topic "
                        + topic
                        + " has a partition "
                        + partition
                        + " which the monitor "
                        + steps.monitorName()
                        + " was not started with: the topic has grown; start a new generation"));
  }

  private static Consumed<byte[], byte[]> consumed(String name) {
    return Consumed.with(BYTES, BYTES)
        .withName(name)
        .withOffsetResetPolicy(AutoOffsetReset.earliest())
        .withTimestampExtractor(MonitorTopology::timestamp);
  }

  /** Records of ancient formats have the timestamp -1, which Streams would skip or refuse. */
  private static long timestamp(ConsumerRecord<Object, Object> record, long partitionTime) {
    return Math.max(0, record.timestamp());
  }

  private static Repartitioned<byte[], byte[]> repartitioned(String name, int partitions) {
    return Repartitioned.with(BYTES, BYTES)
        .withName(name)
        .withNumberOfPartitions(partitions)
        .withStreamPartitioner(new Targets());
  }

  private static <S extends Step> ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      Supplier<Processor<byte[], byte[], byte[], byte[]>> processors,
      StoreBuilder<StepStore<S>> store) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], byte[]> get() {
        return processors.get();
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }
}
