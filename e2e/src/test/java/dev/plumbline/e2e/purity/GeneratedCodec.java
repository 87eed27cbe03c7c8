package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.testkit.Raw;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Generated records as bytes, and back: stands for the user's own format and its mapping. */
final class GeneratedCodec {

  private GeneratedCodec() {}

  /** Value of the Kafka record; null values are planted too. */
  static byte @Nullable [] value(Raw raw) {
    if (raw instanceof Raw.Mapped mapped) {
      ShardBlock.Writer writer = new ShardBlock.Writer(0);
      writer.add(new Arrived(0, 0, mapped.time(), mapped.event()));
      return writer.take();
    }
    RejectReason reason = ((Raw.Unmapped) raw).reason();
    return reason == RejectReason.NULL_VALUE ? null : reason.name().getBytes(US_ASCII);
  }

  static Mapped mapped(Incoming record) {
    byte[] value = record.value();
    if (value == null) {
      return new Mapped.Rejected(RejectReason.NULL_VALUE, "no value");
    }
    if (value[0] >= 'A') {
      RejectReason reason = RejectReason.valueOf(new String(value, US_ASCII));
      return new Mapped.Rejected(reason, "planted");
    }
    One one = new One();
    ShardBlock.read(value, one);
    return new Mapped.Admitted(one.read.orElseThrow().event());
  }

  private static final class One implements ShardBlock.Visitor {
    private Optional<Arrived> read = Optional.empty();

    @Override
    public void record(Arrived arrived) {
      read = Optional.of(arrived);
    }

    @Override
    public void booked(int partition, long pane, Counter counter, long amount) {}

    @Override
    public void control(Control control) {}
  }
}
