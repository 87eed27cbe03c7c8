package dev.plumbline.state.wire;

import java.util.Arrays;

/**
 * The format of a kind of stored bytes: an octet before them. Another build's bytes are refused
 * rather than read wrongly.
 *
 * @param what is stored
 * @param number of the format; above 127, which no older state without a format began with
 */
public record StateFormat(String what, int number) {

  private static final int OCTET = 0xFF;

  /** Bytes with the format before them. */
  public byte[] write(byte[] bytes) {
    byte[] formatted = new byte[bytes.length + 1];
    formatted[0] = (byte) number;
    System.arraycopy(bytes, 0, formatted, 1, bytes.length);
    return formatted;
  }

  /**
   * The bytes behind the format.
   *
   * @throws IllegalArgumentException if they are of another one
   */
  public byte[] read(byte[] formatted) {
    int format = formatted.length == 0 ? 0 : formatted[0] & OCTET;
    if (format != number) {
      throw new IllegalArgumentException(
          "%s of format %d, this build reads %d; go on with the build that wrote it, or start a new"
                  .formatted(what, format, number)
              + " generation, which reads the inputs again");
    }
    return Arrays.copyOfRange(formatted, 1, formatted.length);
  }
}
