/**
 * What differs between two models or versions: bias that passes from one to the other, decisions
 * that changed, and for whom (METRICS 9 and 10).
 */
@NullMarked
package dev.plumbline.state.metric.comparison;

import org.jspecify.annotations.NullMarked;
