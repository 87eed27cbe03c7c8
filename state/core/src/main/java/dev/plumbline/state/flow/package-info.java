/**
 * What passes between the steps of the flow, and the frontier: blocks of records, deltas and
 * clocks.
 */
@NullMarked
package dev.plumbline.state.flow;

import org.jspecify.annotations.NullMarked;
