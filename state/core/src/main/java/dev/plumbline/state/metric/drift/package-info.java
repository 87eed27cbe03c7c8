/**
 * How a window differs from a reference: distances and tests of distributions, and shift of the
 * label distribution (METRICS 11). Names of other tools stand where a measure has several
 * conventions.
 */
@NullMarked
package dev.plumbline.state.metric.drift;

import org.jspecify.annotations.NullMarked;
