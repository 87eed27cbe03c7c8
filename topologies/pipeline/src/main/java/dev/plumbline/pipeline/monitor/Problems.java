package dev.plumbline.pipeline.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Collects the problems of one file, at most one for a place and its parts: where the structure is
 * wrong, what the content should have been is not reported as well. Confined to one reading.
 */
final class Problems {

  private final List<Problem> found = new ArrayList<>();

  void add(Problem problem) {
    if (!covers(problem.path())) {
      found.add(problem);
    }
  }

  /** Whether this path, or one that it is a part of, has been reported already. */
  boolean covers(String path) {
    return found.stream().anyMatch(one -> within(path, one.path()));
  }

  private static boolean within(String path, String reported) {
    return path.startsWith(reported)
        && (path.length() == reported.length()
            || reported.isEmpty()
            || path.charAt(reported.length()) == '.'
            || path.charAt(reported.length()) == '[');
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems, by place in the file. */
  List<Problem> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparing((Problem problem) -> problem.position().file())
                .thenComparingInt(problem -> problem.position().line())
                .thenComparingInt(problem -> problem.position().column())
                .thenComparing(Problem::path))
        .toList();
  }
}
