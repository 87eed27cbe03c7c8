/**
 * From the user's records to predictions and labels: bytes to rows, rows to events, and everything
 * that cannot be mapped to a rejection that says why without repeating the payload.
 */
@NullMarked
package dev.plumbline.pipeline.mapping;

import org.jspecify.annotations.NullMarked;
