package dev.plumbline.e2e.purity;

import java.util.List;

/**
 * What a process is told on its command line.
 *
 * @param input what is read
 * @param stateFolder of its own
 * @param threads of its instance
 * @param isSlow whether it is held up at each record that it maps, until it is told not to be
 * @param stallAfter how many records it maps or publishes before it stops for ever
 * @param stallsRestoring whether it stops for ever as soon as a join is restored
 */
record Orders(
    String bootstrap,
    String name,
    KilledInput input,
    String stateFolder,
    int threads,
    boolean isSlow,
    int stallAfter,
    boolean stallsRestoring) {

  private static final int NEVER = Integer.MAX_VALUE;

  /** One thread that goes on to the end, in a folder that is not yet known. */
  static Orders of(String bootstrap, String name, KilledInput input) {
    return new Orders(bootstrap, name, input, "", 1, false, NEVER, false);
  }

  Orders in(String folder) {
    return new Orders(bootstrap, name, input, folder, threads, isSlow, stallAfter, stallsRestoring);
  }

  Orders withThreads(int count) {
    return new Orders(
        bootstrap, name, input, stateFolder, count, isSlow, stallAfter, stallsRestoring);
  }

  Orders slowly() {
    return new Orders(
        bootstrap, name, input, stateFolder, threads, true, stallAfter, stallsRestoring);
  }

  Orders stallingAfter(int records) {
    return new Orders(
        bootstrap, name, input, stateFolder, threads, isSlow, records, stallsRestoring);
  }

  Orders stallingWhileRestored() {
    return new Orders(bootstrap, name, input, stateFolder, threads, isSlow, stallAfter, true);
  }

  static Orders parse(String... words) {
    List<String> word = List.of(words);
    return new Orders(
        word.get(0),
        word.get(1),
        KilledInput.valueOf(word.get(2)),
        word.get(3),
        Integer.parseInt(word.get(4)),
        Boolean.parseBoolean(word.get(5)),
        Integer.parseInt(word.get(6)),
        Boolean.parseBoolean(word.get(7)));
  }

  List<String> toWords() {
    return List.of(
        bootstrap,
        name,
        input.name(),
        stateFolder,
        Integer.toString(threads),
        Boolean.toString(isSlow),
        Integer.toString(stallAfter),
        Boolean.toString(stallsRestoring));
  }

  GeneratedMonitor monitor() {
    return input.monitor(name);
  }
}
