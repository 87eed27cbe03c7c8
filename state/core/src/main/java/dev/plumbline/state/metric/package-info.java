/** Metrics: pure functions of integer counters, with intervals. */
@NullMarked
package dev.plumbline.state.metric;

import org.jspecify.annotations.NullMarked;
