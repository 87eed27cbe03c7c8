package dev.plumbline.pipeline.mapping;

import dev.plumbline.state.record.Event;

/** How the records of a feed become events, compiled; refuses a record that becomes none. */
interface Recipe {

  /** The event that a row is. */
  Event event(Row row, Incoming incoming);

  /** What a record without a value means. */
  Mapped tombstone(Incoming incoming);

  /** What it means that a row was deleted which was an event. */
  Mapped deletion(Debezium.Change change, Row row, Incoming incoming);
}
