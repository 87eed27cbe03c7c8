package dev.plumbline.e2e.purity;

import dev.plumbline.testkit.Plan;
import java.util.List;

/**
 * What a process is told on its command line.
 *
 * @param stateFolder of its own
 * @param events of the plan of seed {@code seed}
 * @param stall where it stops for ever
 * @param after how often it passes there before
 */
record Orders(
    String bootstrap,
    String stateFolder,
    String name,
    String input,
    long seed,
    int events,
    Stall stall,
    int after) {

  /** Where a process stops for ever. */
  enum Stall {
    /** When an intake maps a record. */
    MAPPING,
    /** When a record is about to be published. */
    PUBLISHING,
    NOWHERE
  }

  static Orders parse(String... words) {
    List<String> word = List.of(words);
    return new Orders(
        word.get(0),
        word.get(1),
        word.get(2),
        word.get(3),
        Long.parseLong(word.get(4)),
        Integer.parseInt(word.get(5)),
        Stall.valueOf(word.get(6)),
        Integer.parseInt(word.get(7)));
  }

  List<String> toWords() {
    return List.of(
        bootstrap,
        stateFolder,
        name,
        input,
        Long.toString(seed),
        Integer.toString(events),
        stall.name(),
        Integer.toString(after));
  }

  GeneratedMonitor monitor() {
    return GeneratedMonitor.of(name, input, Plan.of(seed).withEvents(events));
  }
}
