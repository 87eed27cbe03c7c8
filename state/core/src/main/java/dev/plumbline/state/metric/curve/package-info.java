/**
 * What is read from histograms of scores beyond the area under the ROC curve: average precision,
 * and how a subgroup's scores lie against those of all others (METRICS 5 and 6).
 */
@NullMarked
package dev.plumbline.state.metric.curve;

import org.jspecify.annotations.NullMarked;
