package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published.Output;
import java.util.Locale;

/**
 * The stages of the topology. Every node, store and internal topic takes its name from here:
 * internal topics hold state, so a changed name is lost state.
 */
enum Stage {
  INTAKE,
  REKEY,
  JOIN,
  DELTAS,
  MERGE,
  CLOCK,
  PROGRESS,
  PUBLISH;

  private final String text = name().toLowerCase(Locale.ROOT);

  /** Returns the name of the stage's processor. */
  String node() {
    return text;
  }

  /** Returns the name of what the stage has once per input topic. */
  String node(int input) {
    return text + "-" + input;
  }

  /** Returns the name of the sink of an output topic. */
  String node(Output output) {
    return text + "-" + output.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the name of the sink of an output topic for one input topic. */
  String node(Output output, int input) {
    return node(output) + "-" + input;
  }

  /** Returns the name of the node by which Kafka Streams repartitions for one input topic. */
  String repartitioning(int input) {
    return node(input) + "-repartition-filter";
  }

  /** Returns the name of the node that reads for this stage. */
  String source() {
    return text + "-source";
  }

  /** Returns the name of the node that reads an input topic for this stage. */
  String source(int input) {
    return node(input) + "-source";
  }

  /** Returns the name of the node that adds what this stage sends to what goes to the joins. */
  String gather() {
    return text + "-gather";
  }

  /** Returns the name of the node that adds what comes from an input topic. */
  String gather(int input) {
    return node(input) + "-gather";
  }

  /** Returns the name of the stage's store. */
  String store() {
    return text + "-state";
  }

  /** Returns the name of the store that the stage has once per input topic. */
  String store(int input) {
    return node(input) + "-state";
  }
}
