/** Panes, clocks, arrival, age: when a record counts (FLOW sections 1 and 3). */
@NullMarked
package dev.plumbline.state.time;

import org.jspecify.annotations.NullMarked;
