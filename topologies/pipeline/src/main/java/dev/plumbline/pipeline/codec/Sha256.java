package dev.plumbline.pipeline.codec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that name records and references. */
public final class Sha256 {

  private static final int BYTES = 16;

  private Sha256() {}

  /** The first 128 bits of SHA-256, in hex. */
  public static String hex(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The hash of texts that belong together. */
  public static String hex(String... texts) {
    return hex(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
  }
}
