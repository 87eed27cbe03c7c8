/** Correlation of an attribute with labels, and how it shifts (METRICS 3). */
@NullMarked
package dev.plumbline.state.metric.correlation;

import org.jspecify.annotations.NullMarked;
