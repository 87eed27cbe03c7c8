/**
 * Rankings in which items of several sources compete: how well each source's relevant items rank,
 * and how that changes along a feedback loop (METRICS 4).
 */
@NullMarked
package dev.plumbline.state.metric.ranking;

import org.jspecify.annotations.NullMarked;
