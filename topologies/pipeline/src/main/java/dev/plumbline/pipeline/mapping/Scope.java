package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Two rows read as one: paths that begin with a name are looked up in one of them, all others in
 * the other. Each path of the monitor file is taken apart once. Not safe for use by several
 * threads.
 */
final class Scope {

  /** A name that begins paths. */
  record Name(String text) {

    boolean begins(FieldPath path) {
      return path.steps().get(0).equals(text);
    }
  }

  static final Name ITEM = new Name(Selection.ITEM);
  static final Name ENVELOPE = new Name(Selection.ENVELOPE);

  private final Name name;
  private final IdentityHashMap<FieldPath, Optional<FieldPath>> tails = new IdentityHashMap<>();

  Scope(Name name) {
    this.name = name;
  }

  /** One row of two. */
  Row of(Row named, Row others) {
    return new Both(this, named, others);
  }

  /** What is left of a path behind the name; empty if it begins otherwise. */
  private Optional<FieldPath> tail(FieldPath path) {
    return tails.computeIfAbsent(
        path,
        one -> {
          List<String> steps = one.steps();
          return name.begins(one)
              ? Optional.of(new FieldPath(one.text(), steps.subList(1, steps.size())))
              : Optional.empty();
        });
  }

  private record Both(Scope scope, Row named, Row others) implements Row {

    @Override
    public Value at(FieldPath path) {
      Optional<FieldPath> tail = scope.tail(path);
      return tail.isPresent() ? named.at(tail.get()) : others.at(path);
    }

    @Override
    public Value uniqueAt(FieldPath path) {
      Optional<FieldPath> tail = scope.tail(path);
      return tail.isPresent() ? named.uniqueAt(tail.get()) : others.uniqueAt(path);
    }

    @Override
    public Optional<Row> part(FieldPath path) {
      Optional<FieldPath> tail = scope.tail(path);
      return tail.isPresent() ? named.part(tail.get()) : others.part(path);
    }

    @Override
    public Optional<List<Row>> elements(FieldPath path) {
      Optional<FieldPath> tail = scope.tail(path);
      return tail.isPresent() ? named.elements(tail.get()) : others.elements(path);
    }

    @Override
    public List<String> leaves() {
      return others.leaves();
    }

    @Override
    public String type() {
      return others.type();
    }
  }
}
