package dev.plumbline.pipeline.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place in the file while it is read: what is there, or that nothing is there. Where the
 * structure is wrong (and reported) it reads as the fallback, and {@link #isSound} is false.
 *
 * @param position of the value, or of what should contain it
 */
record Cursor(@Nullable Tree tree, Position position, String path, Problems problems) {

  static Cursor of(Tree.Mapping file, Problems problems) {
    return new Cursor(file, file.position(), "", problems);
  }

  Cursor at(String key) {
    String child = Shape.child(path, key);
    Tree found = tree instanceof Tree.Mapping mapping ? mapping.child(key) : null;
    return new Cursor(found, found == null ? position : found.position(), child, problems);
  }

  /** Whether something is there and its own structure is right. */
  boolean isPresent() {
    return tree != null && isSound();
  }

  boolean isMapping() {
    return tree instanceof Tree.Mapping && isSound();
  }

  /** Whether nothing about this place has been reported. */
  boolean isSound() {
    return !problems.covers(path);
  }

  String text(String fallback) {
    return isPresent() && tree instanceof Tree.Scalar scalar ? scalar.text() : fallback;
  }

  int integer(int fallback) {
    return isPresent() ? Integer.parseInt(text("0")) : fallback;
  }

  double real(double fallback) {
    return isPresent() ? Double.parseDouble(text("0")) : fallback;
  }

  Span span(Span fallback) {
    return Span.parse(text("")).orElse(fallback);
  }

  List<Cursor> items() {
    List<Cursor> items = new ArrayList<>();
    if (tree instanceof Tree.Sequence sequence) {
      for (Tree item : sequence.items()) {
        items.add(new Cursor(item, item.position(), path + "[" + items.size() + "]", problems));
      }
    }
    return items;
  }

  /** The items as texts; those that are wrong and those that were named before are left out. */
  List<String> distinctTexts() {
    List<String> texts = new ArrayList<>();
    for (Cursor item : items()) {
      if (item.isPresent() && texts.contains(item.text(""))) {
        item.refuse("each name once", item.shown() + " again", "remove it");
      } else if (item.isPresent()) {
        texts.add(item.text(""));
      }
    }
    return texts;
  }

  Map<String, Cursor> entries() {
    Map<String, Cursor> entries = new LinkedHashMap<>();
    if (isMapping() && tree instanceof Tree.Mapping mapping) {
      mapping.entries().keySet().forEach(key -> entries.put(key, at(key)));
    }
    return entries;
  }

  String shown() {
    return tree == null ? "missing" : tree.shown();
  }

  void refuse(String expected, String came, String remedy) {
    problems.add(new Problem(position, path, expected, came, remedy));
  }

  void refuse(String expected, String remedy) {
    refuse(expected, shown(), remedy);
  }
}
