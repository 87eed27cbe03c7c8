package dev.plumbline.cli.output;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A file of lines that come in any order and stand in the order of their places; lines of one place
 * by content. Memory holds the places alone, the lines wait in a file beside it.
 */
final class SortedLines implements AutoCloseable {

  private record Line(Place place, long start, int length) {}

  private final Path file;
  private final Path unsorted;
  private final OutputStream out;
  private final List<Line> lines = new ArrayList<>();
  private long written;

  /** Takes lines for a file; nothing of that name is there until {@link #finish}. */
  SortedLines(Path file) throws IOException {
    this.file = file;
    this.unsorted = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(file);
    this.out = new BufferedOutputStream(Files.newOutputStream(unsorted));
  }

  void add(Place place, byte[] line) throws IOException {
    lines.add(new Line(place, written, line.length));
    out.write(line);
    written += line.length;
  }

  /** Writes the file. */
  void finish() throws IOException {
    out.close();
    lines.sort((a, b) -> a.place.compareTo(b.place));
    Path sorted = file.resolveSibling(file.getFileName() + ".sorted");
    try (RandomAccessFile source = new RandomAccessFile(unsorted.toFile(), "r");
        OutputStream target = new BufferedOutputStream(Files.newOutputStream(sorted))) {
      int next = 0;
      while (next < lines.size()) {
        int end = next + 1;
        while (end < lines.size() && lines.get(end).place.equals(lines.get(next).place)) {
          end++;
        }
        for (byte[] line : byContent(source, lines.subList(next, end))) {
          target.write(line);
        }
        next = end;
      }
    }
    Files.move(sorted, file);
  }

  private static List<byte[]> byContent(RandomAccessFile source, List<Line> same)
      throws IOException {
    List<byte[]> contents = new ArrayList<>();
    for (Line line : same) {
      byte[] content = new byte[line.length];
      source.seek(line.start);
      source.readFully(content);
      contents.add(content);
    }
    Collections.sort(contents, Arrays::compare);
    return contents;
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(unsorted);
  }
}
