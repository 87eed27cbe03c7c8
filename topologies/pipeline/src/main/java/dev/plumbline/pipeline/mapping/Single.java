package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;

/** A value that is no record, in the place of one: it is at the path without steps. */
record Single(Value value) implements Row {

  @Override
  public Value at(FieldPath path) {
    return path.steps().isEmpty() ? value : Value.ABSENT;
  }
}
