package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.state.cube.Shape;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Sha256;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Score histograms of a reference by label and by decision, for the look at its polarity. */
final class ReferenceCheck {

  private final int bins;
  private final long[][] byLabel;
  private final long[][] byDecision;

  ReferenceCheck(Shape shape, int bins) {
    this.bins = bins;
    this.byLabel = new long[shape.classes()][bins];
    this.byDecision = new long[shape.classes()][bins];
  }

  void apply(Counter counter, long amount) {
    if (counter instanceof Predicted predicted) {
      byDecision[predicted.decision()][predicted.bin()] += amount;
    } else if (counter instanceof Labelled labelled && !labelled.correction()) {
      byLabel[labelled.label()][labelled.bin()] += amount;
    }
  }

  /**
   * Size of a reference.
   *
   * @param fingerprint hash of all its counts; equal for equal references
   */
  record Size(long predictions, long labels, String fingerprint) {}

  Size size() {
    ByteWriter counts = new ByteWriter();
    for (long[][] table : List.of(byDecision, byLabel)) {
      for (long[] row : table) {
        for (long count : row) {
          counts.signed(count);
        }
      }
    }
    return new Size(sum(byDecision), sum(byLabel), Sha256.hex(counts.toBytes()));
  }

  Optional<WatchRules.Refusal> refusal(WatchRules rules) {
    if (bins == 1) {
      return Optional.empty();
    }
    return rules
        .polarity()
        .byLabel(byLabel[1], byLabel[0])
        .or(() -> rules.polarity().byDecision(byDecision[1], byDecision[0]));
  }

  private static long sum(long[][] counts) {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }
}
