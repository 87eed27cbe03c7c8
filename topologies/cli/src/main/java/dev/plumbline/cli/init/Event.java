package dev.plumbline.cli.init;

import dev.plumbline.pipeline.mapping.Row;

/**
 * A record of a sample, decoded.
 *
 * @param row of a change: the row after it
 * @param type name of the record's type; empty where it has none
 */
record Event(Sighting sighting, Row row, String type) {}
