/**
 * Metrics: pure functions of integer counters, with intervals.
 *
 * <p>Counters ({@link dev.plumbline.state.metric.Confusion}, {@link
 * dev.plumbline.state.metric.ScoreHistogram}) add and merge exactly; a double appears only where a
 * metric is read from them. A rate without trials is undefined, never 0. Section numbers in the
 * Javadoc refer to the metric specification of this project, METRICS.
 */
@NullMarked
package dev.plumbline.state.metric;

import org.jspecify.annotations.NullMarked;
