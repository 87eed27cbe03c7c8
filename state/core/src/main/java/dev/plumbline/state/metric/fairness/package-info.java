/**
 * Group fairness by the conventions of fairlearn and of AIF360, unfairness of outcomes, and
 * calibration within groups (METRICS 8).
 */
@NullMarked
package dev.plumbline.state.metric.fairness;

import org.jspecify.annotations.NullMarked;
