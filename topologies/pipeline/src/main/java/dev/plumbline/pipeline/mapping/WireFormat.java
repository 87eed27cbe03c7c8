package dev.plumbline.pipeline.mapping;

import java.nio.ByteBuffer;

/** The header of the Confluent wire format: a zero byte and the schema id, four bytes. */
final class WireFormat {

  static final int HEADER_BYTES = 5;
  private static final byte MAGIC = 0;

  private WireFormat() {}

  static boolean hasHeader(byte[] bytes) {
    return bytes.length >= HEADER_BYTES && bytes[0] == MAGIC;
  }

  static int schemaId(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getInt(1);
  }
}
