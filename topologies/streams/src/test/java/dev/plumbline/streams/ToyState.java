package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.step.Step.Changelog;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Named counters, logged when they changed; holds the engine to the contract of a step. */
final class ToyState {

  private final Map<String, Long> counters = new TreeMap<>();
  private final Set<String> changed = new TreeSet<>();
  private boolean used;

  void restore(byte[] key, byte @Nullable [] value) {
    if (used) {
      throw new IllegalStateException("a step must not be restored after it got messages");
    }
    if (value == null) {
      counters.remove(new String(key, UTF_8));
    } else {
      counters.put(new String(key, UTF_8), Long.parseLong(new String(value, UTF_8)));
    }
  }

  long get(String name) {
    return counters.getOrDefault(name, 0L);
  }

  long add(String name, long amount) {
    used = true;
    changed.add(name);
    return counters.merge(name, amount, Long::sum);
  }

  /** Takes the next number of a sender, which must be the successor of its last. */
  void expectNext(String sender, long number) {
    long expected = add("got " + sender, 1);
    if (number != expected) {
      throw new IllegalStateException(
          "message " + expected + " of " + sender + " must come next, came " + number);
    }
  }

  Map<String, Long> counters() {
    return counters;
  }

  void flush(Changelog changelog) {
    for (String name : changed) {
      changelog.put(name.getBytes(UTF_8), Long.toString(get(name)).getBytes(UTF_8));
    }
    changed.clear();
  }
}
