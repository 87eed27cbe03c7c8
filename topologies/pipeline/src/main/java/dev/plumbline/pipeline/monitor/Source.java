package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.record.Sha256;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Where a monitor was read from.
 *
 * @param file as a reader would name it in a message
 * @param digest SHA-256 of the content, in hex; comments, spacing and key order do not count
 * @param positions place of the key, or of the list item, at every path of the file
 */
public record Source(String file, String digest, Map<String, Position> positions) {

  public Source {
    positions = Map.copyOf(positions);
  }

  static Source of(String file, Tree.Mapping root) {
    Map<String, Position> positions = new HashMap<>();
    collect(root, "", positions);
    return new Source(file, HexFormat.of().formatHex(Sha256.of(root.canonical())), positions);
  }

  /** Place of a key or list item, or of the nearest thing that would contain it. */
  public Position position(String path) {
    for (String place = path; !place.isEmpty(); place = parent(place)) {
      Position found = positions.get(place);
      if (found != null) {
        return found;
      }
    }
    return Position.START;
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }

  private static void collect(Tree tree, String path, Map<String, Position> positions) {
    if (tree instanceof Tree.Mapping mapping) {
      mapping
          .entries()
          .forEach(
              (key, entry) -> {
                String child = Shape.child(path, key);
                positions.put(child, entry.key());
                collect(entry.value(), child, positions);
              });
    } else if (tree instanceof Tree.Sequence sequence) {
      for (int i = 0; i < sequence.items().size(); i++) {
        String child = path + "[" + i + "]";
        positions.put(child, sequence.items().get(i).position());
        collect(sequence.items().get(i), child, positions);
      }
    }
  }
}
