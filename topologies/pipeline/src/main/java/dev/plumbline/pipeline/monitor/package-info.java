/**
 * The monitor file: reading, checking and printing it. A {@link
 * dev.plumbline.pipeline.monitor.Monitor} is what a checked file says, immutable.
 */
@NullMarked
package dev.plumbline.pipeline.monitor;

import org.jspecify.annotations.NullMarked;
