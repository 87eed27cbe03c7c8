package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Doubles as their raw bits, so that state comes back exactly. */
final class Doubles {

  private Doubles() {}

  static void write(DataOutput out, double... values) throws IOException {
    for (double value : values) {
      out.writeLong(Double.doubleToRawLongBits(value));
    }
  }

  static double[] read(DataInput in, int count) throws IOException {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = Double.longBitsToDouble(in.readLong());
    }
    return values;
  }
}
