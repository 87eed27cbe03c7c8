package dev.plumbline.e2e.purity;

import dev.plumbline.testkit.Plan;
import java.util.List;

/**
 * What a process is told on its command line.
 *
 * @param stateFolder of its own
 * @param events of the plan of seed {@code seed}
 * @param stallAfter how many records it maps or publishes before it stops for ever
 */
record Orders(
    String bootstrap,
    String stateFolder,
    String name,
    String input,
    long seed,
    int events,
    int stallAfter) {

  /** Does not stop. */
  static final int NEVER = Integer.MAX_VALUE;

  static Orders parse(String... words) {
    List<String> word = List.of(words);
    return new Orders(
        word.get(0),
        word.get(1),
        word.get(2),
        word.get(3),
        Long.parseLong(word.get(4)),
        Integer.parseInt(word.get(5)),
        Integer.parseInt(word.get(6)));
  }

  List<String> toWords() {
    return List.of(
        bootstrap,
        stateFolder,
        name,
        input,
        Long.toString(seed),
        Integer.toString(events),
        Integer.toString(stallAfter));
  }

  GeneratedMonitor monitor() {
    return GeneratedMonitor.of(name, input, Plan.of(seed).withEvents(events));
  }
}
