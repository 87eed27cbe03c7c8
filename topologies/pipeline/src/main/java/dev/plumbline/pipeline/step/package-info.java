/**
 * The three steps of the flow as an engine sees them: intake (one per input partition), join (one
 * per shard of ids), merge (one per group of models). An engine reads, calls, writes and commits;
 * it decides nothing.
 */
@NullMarked
package dev.plumbline.pipeline.step;

import org.jspecify.annotations.NullMarked;
