package dev.plumbline.pipeline.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.util.Utf8;

/**
 * Strings of Avro texts, the same instance for a text that was read lately: models, versions and
 * attribute values repeat in every record, and are then neither decoded nor compared again. Not
 * safe for use by several threads.
 */
final class Texts {

  private static final int PLACES = 1024;

  private final byte[][] bytes = new byte[PLACES][0];
  private final String[] texts = new String[PLACES];

  Texts() {
    Arrays.fill(texts, "");
  }

  String of(CharSequence read) {
    return read instanceof Utf8 text ? of(text.getBytes(), text.getByteLength()) : read.toString();
  }

  private String of(byte[] read, int length) {
    int hash = length;
    for (int i = 0; i < length; i++) {
      hash = 31 * hash + read[i];
    }
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    byte[] before = bytes[place];
    if (!Arrays.equals(before, 0, before.length, read, 0, length)) {
      bytes[place] = Arrays.copyOf(read, length);
      texts[place] = new String(read, 0, length, StandardCharsets.UTF_8);
    }
    return texts[place];
  }
}
