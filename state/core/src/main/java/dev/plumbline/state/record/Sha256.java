package dev.plumbline.state.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256: names of records, alerts and references, digests of monitor files, keys of ids. */
public final class Sha256 {

  private static final int HEX_BYTES = 16;

  private Sha256() {}

  /** The 32 bytes of the hash of a text in UTF-8. */
  public static byte[] of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("expected SHA-256 in every Java runtime", impossible);
    }
  }

  /** The first 128 bits of the hash, in lower-case hex. */
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(of(bytes), 0, HEX_BYTES);
  }

  /** The same of texts that belong together, with a line end between them. */
  public static String hex(String... texts) {
    return hex(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
  }
}
