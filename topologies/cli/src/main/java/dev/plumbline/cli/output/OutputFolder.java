package dev.plumbline.cli.output;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;

/**
 * The files of a replay: {@code metrics.jsonl}, {@code alerts.jsonl}, {@code rejects.jsonl} and
 * {@code audit.jsonl}; a replay says nothing of health. The same records make the same bytes, in
 * whatever order they come.
 */
public final class OutputFolder implements AutoCloseable {

  private final Map<Output, SortedLines> files = new EnumMap<>(Output.class);

  private OutputFolder() {}

  /**
   * Opens the files in a folder, which is made if need be; those of an earlier replay are deleted.
   *
   * @throws Failure if there is a file of that name, or the folder cannot be written to
   */
  public static OutputFolder in(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw Failure.usage(
          "--output: expected a folder, was the file %s; name another folder".formatted(folder));
    }
    OutputFolder opened = new OutputFolder();
    try {
      Files.createDirectories(folder);
      for (Output output : EnumSet.complementOf(EnumSet.of(Output.HEALTH))) {
        String name = output.name().toLowerCase(Locale.ROOT) + ".jsonl";
        opened.files.put(output, new SortedLines(folder.resolve(name)));
      }
      return opened;
    } catch (IOException e) {
      opened.close();
      throw Failure.problem(
          "--output: expected a folder that can be written to, was %s (%s); name another folder"
              .formatted(folder, e.getClass().getSimpleName()),
          e);
    }
  }

  /** Takes a record. */
  public void add(Published record) {
    try {
      SortedLines file = files.get(record.output());
      if (file != null) {
        file.add(Place.of(record), JsonLines.line(record.value()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the files in order. */
  public void finish() {
    try {
      for (SortedLines file : files.values()) {
        file.finish();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    for (SortedLines file : files.values()) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
