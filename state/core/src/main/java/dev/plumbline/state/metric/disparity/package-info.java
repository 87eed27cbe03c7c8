/**
 * How unevenly a model performs over subgroups, beyond the gap of the worst one (METRICS 7), and
 * over the sources of its records.
 */
@NullMarked
package dev.plumbline.state.metric.disparity;

import org.jspecify.annotations.NullMarked;
