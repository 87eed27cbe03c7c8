/**
 * The Kafka Streams engine: it reads, calls the steps of {@code dev.plumbline.pipeline.step},
 * writes what they say, and commits all of it in one transaction. It decides nothing.
 */
@NullMarked
package dev.plumbline.streams;

import org.jspecify.annotations.NullMarked;
