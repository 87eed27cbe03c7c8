package dev.plumbline.pipeline.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML text to a {@link Tree}. Every node is visited once for each reference to it, and their
 * number is bounded, so that aliases can neither recurse nor explode.
 */
final class TreeParser {

  /** A monitor file of this many nodes names thousands of attributes. */
  static final int MAX_NODES = 20_000;

  /** A monitor file is six levels deep. */
  static final int MAX_DEPTH = 30;

  private final String file;
  private final Problems problems;
  private int nodes;
  private int depth;

  private TreeParser(String file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * The document, or empty if it is not YAML, is not one mapping, or is too large.
   *
   * @param file as positions are to name it
   */
  static Optional<Tree.Mapping> parse(String text, String file, Problems problems) {
    return new TreeParser(file, problems).parse(text);
  }

  private Optional<Tree.Mapping> parse(String text) {
    try {
      Optional<Node> root =
          new Compose(LoadSettings.builder().setSchema(new CoreSchema()).build())
              .composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return Optional.of(mapping(mapping, ""));
      }
      String came = root.isEmpty() ? "an empty file" : "a " + root.get().getNodeType();
      problems.add(
          new Problem(Position.startOf(file), "", "a mapping of keys to values", came, ""));
    } catch (TooManyNodes tooMany) {
      problems.add(
          new Problem(
              Position.startOf(file),
              "",
              "at most MAX_NODES = " + MAX_NODES + " nodes, MAX_DEPTH = " + MAX_DEPTH + " deep",
              "more",
              ""));
    } catch (MarkedYamlEngineException broken) {
      Position place = broken.getProblemMark().map(this::position).orElse(Position.startOf(file));
      problems.add(new Problem(place, "", "YAML", broken.getProblem(), ""));
    } catch (YamlEngineException broken) {
      String came = Objects.requireNonNullElse(broken.getMessage(), "another text");
      problems.add(new Problem(Position.startOf(file), "", "YAML", came, ""));
    }
    return Optional.empty();
  }

  private static final class TooManyNodes extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private Tree tree(Node node, String path) {
    if (++nodes > MAX_NODES || ++depth > MAX_DEPTH) {
      throw new TooManyNodes();
    }
    Tree tree = content(node, path);
    depth--;
    return tree;
  }

  private Tree content(Node node, String path) {
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, path);
    }
    if (node instanceof SequenceNode sequence) {
      List<Tree> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(tree(item, path + "[" + items.size() + "]"));
      }
      return new Tree.Sequence(position(node), items);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Tree.Scalar(position(node), type(scalar), scalar.getValue());
  }

  private Tree.Mapping mapping(MappingNode node, String path) {
    Map<String, Tree.Mapping.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Position place = position(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        problems.add(new Problem(place, path, "a simple key", "a compound one", ""));
        continue;
      }
      String name = key.getValue();
      String child = path.isEmpty() ? name : path + "." + name;
      Tree value = tree(tuple.getValueNode(), child);
      Tree.Mapping.Entry earlier = entries.putIfAbsent(name, new Tree.Mapping.Entry(place, value));
      if (earlier != null) {
        problems.add(
            new Problem(
                place,
                child,
                "a key once",
                "a second time",
                "the first is in line " + earlier.key().line()));
      }
    }
    return new Tree.Mapping(position(node), entries);
  }

  private static Tree.Type type(ScalarNode node) {
    Tag tag = node.getTag();
    if (tag.equals(Tag.INT)) {
      return Tree.Type.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return Tree.Type.REAL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Tree.Type.TRUTH;
    }
    return tag.equals(Tag.NULL) ? Tree.Type.NULL : Tree.Type.TEXT;
  }

  private Position position(Node node) {
    return node.getStartMark().map(this::position).orElse(Position.startOf(file));
  }

  private Position position(Mark mark) {
    return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
