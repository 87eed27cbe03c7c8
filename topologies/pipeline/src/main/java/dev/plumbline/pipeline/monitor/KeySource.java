package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the key of id hashes comes from. */
public sealed interface KeySource {

  /**
   * The key: the first 16 bytes of the SHA-256 of the secret, without white space at its ends.
   *
   * @param environment the variables of the process
   * @throws IllegalStateException if the variable is not set or the secret is empty
   * @throws UncheckedIOException if the file cannot be read
   */
  IdHash.Key key(Map<String, String> environment);

  /** No secret: ids can be guessed from hashes by whoever knows the monitor's name. */
  record Derived(String monitor) implements KeySource {

    @Override
    public IdHash.Key key(Map<String, String> environment) {
      return keyOf("plumbline monitor " + monitor);
    }
  }

  /** An environment variable. */
  record Variable(String name) implements KeySource {

    @Override
    public IdHash.Key key(Map<String, String> environment) {
      @Nullable String secret = environment.get(name);
      if (secret == null || secret.isBlank()) {
        throw new IllegalStateException(
            "id_key.env: expected a secret in the environment variable "
                + name
                + ", was "
                + (secret == null ? "not set" : "empty")
                + "; set it, to the same value on every instance");
      }
      return keyOf(secret.strip());
    }
  }

  /** A file. */
  record Stored(Path file) implements KeySource {

    @Override
    public IdHash.Key key(Map<String, String> environment) {
      try {
        String secret = Files.readString(file).strip();
        if (secret.isEmpty()) {
          throw new IllegalStateException(
              "id_key.file: expected a secret in " + file + ", was empty; write one into it");
        }
        return keyOf(secret);
      } catch (IOException unreadable) {
        throw new UncheckedIOException(
            "id_key.file: expected a readable file with a secret, was " + file, unreadable);
      }
    }
  }

  private static IdHash.Key keyOf(String secret) {
    ByteBuffer digest = ByteBuffer.wrap(Sha256.of(secret)).order(ByteOrder.LITTLE_ENDIAN);
    return new IdHash.Key(digest.getLong(), digest.getLong());
  }
}
