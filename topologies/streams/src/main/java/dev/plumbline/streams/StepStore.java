package dev.plumbline.streams;

import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Step;
import java.util.Collections;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.internals.ProcessorContextImpl;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.processor.internals.Task.TaskType;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Holds the step of one task, and the only class that reaches into Kafka Streams' internals.
 *
 * <p>Internals are needed for one thing: {@link #flushCache} is called while the task prepares its
 * commit, before the offsets are added to the transaction; the public {@code commit} of a store
 * comes after it. So a few blocks per commit, rather than a record per update, go to the changelog
 * and to the next stage, within the transaction that commits what was read.
 *
 * @param <S> kind of step
 */
final class StepStore<S extends Step> implements StateStore, CachedStateStore<byte[], byte[]> {

  /*
   * The life of a step. A store is initialised once per creation or revival of its task: the step is
   * new there, and the changelog is read from its beginning, because the store is not persistent
   * (whatever was in memory when a task was closed dirty may come from an aborted transaction).
   * "Live" begins when the processor is attached, after restoration:
   *  - suspended and resumed: the step stays. Streams notes the written changelog offset when it
   *    suspends, so nothing is left to restore; should anything come, a live step must not take it.
   *  - standby becomes active: the step stays, and the rest of the changelog follows.
   *  - active becomes standby (clearCache, "recycle"): a live step cannot take up changelog entries
   *    of another task, and init is not called again. It is replaced, and the store's changelog
   *    offset is unset, so that the standby reads the changelog from its beginning.
   */
  private final String name;
  private final IntFunction<S> steps;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContextImpl context;

  private @Nullable S step;
  private @Nullable ProcessorNode<?, ?, ?, ?> node;
  private @Nullable Outbox outbox;
  private boolean open;

  private StepStore(String name, IntFunction<S> steps) {
    this.name = name;
    this.steps = steps;
  }

  /** Returns a builder of stores that make their step from the task's partition. */
  static <S extends Step> StoreBuilder<StepStore<S>> builder(String name, IntFunction<S> steps) {
    return new Builder<>(name, steps);
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    context = (ProcessorContextImpl) stateStoreContext;
    startOver();
    stateStoreContext.register(root, this::restore);
    open = true;
  }

  /** Binds the store to the processor that is being initialised, in whose name it will send. */
  void attach(Outbox sends) {
    node = context.currentNode();
    outbox = sends;
  }

  /** Returns the task's step. */
  S step() {
    if (step == null) {
      throw new IllegalStateException("store " + name + " must be initialised before use");
    }
    return step;
  }

  @Override
  public void flushCache() {
    if (node == null || outbox == null) {
      return;
    }
    ProcessorNode<?, ?, ?, ?> previousNode = context.currentNode();
    ProcessorRecordContext previousRecord = context.recordContext();
    context.setCurrentNode(node);
    context.setRecordContext(
        new ProcessorRecordContext(
            context.currentSystemTimeMs(), -1, -1, null, new RecordHeaders()));
    try {
      step().flush(this::log, outbox);
    } finally {
      context.setRecordContext(previousRecord);
      context.setCurrentNode(previousNode);
    }
  }

  @Override
  public void clearCache() {
    if (outbox == null || context.taskType() != TaskType.ACTIVE) {
      return;
    }
    startOver();
    TopicPartition changelog = context.stateManager().registeredChangelogPartitionFor(name);
    Map<TopicPartition, @Nullable Long> unknown = Collections.singletonMap(changelog, null);
    context.stateManager().updateChangelogOffsets(unknown);
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<byte[], byte[]> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void close() {
    open = false;
    step = null;
    node = null;
    outbox = null;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private void startOver() {
    step = steps.apply(context.taskId().partition());
    node = null;
    outbox = null;
  }

  private void restore(byte[] key, byte @Nullable [] value) {
    if (outbox != null) {
      throw new IllegalStateException(
          "store "
              + name
              + " of task "
              + context.taskId()
              + " must not be restored while it is in use: another instance wrote its changelog;"
              + " restart this instance");
    }
    step().restore(key, value);
  }

  private void log(byte[] key, byte @Nullable [] value) {
    context.logChange(
        name,
        Bytes.wrap(key),
        value,
        context.currentSystemTimeMs(),
        new RecordHeaders(),
        Position.emptyPosition());
  }

  /** Builds stores whose changelog is compacted, the default, and never cached elsewhere. */
  private record Builder<S extends Step>(String name, IntFunction<S> steps)
      implements StoreBuilder<StepStore<S>> {

    @Override
    public StepStore<S> build() {
      return new StepStore<>(name, steps);
    }

    @Override
    public boolean loggingEnabled() {
      return true;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public StoreBuilder<StepStore<S>> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<StepStore<S>> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<StepStore<S>> withLoggingEnabled(Map<String, String> config) {
      return this;
    }

    @Override
    public StoreBuilder<StepStore<S>> withLoggingDisabled() {
      throw new UnsupportedOperationException("a step's state must be logged, was asked not to");
    }
  }
}
