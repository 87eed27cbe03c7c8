/**
 * What is read: predictions and labels after mapping, with their keys. Times are epoch
 * milliseconds.
 */
@NullMarked
package dev.plumbline.state.record;

import org.jspecify.annotations.NullMarked;
