/**
 * The contract between Plumbline and the world: the list of topics, their schemas, the wire format.
 *
 * <p>The generated classes of the records are in {@code dev.plumbline.schemas.avro}; README.md
 * documents every field.
 */
@NullMarked
package dev.plumbline.schemas;

import org.jspecify.annotations.NullMarked;
