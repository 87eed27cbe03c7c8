/**
 * Whether predictions lean further in the direction in which the reference labels lean already
 * (METRICS 1 and 2). Tables of counts decide signs in whole numbers.
 */
@NullMarked
package dev.plumbline.state.metric.amplification;

import org.jspecify.annotations.NullMarked;
