/** The statistics of watching continuously: e-detectors over pane and cohort counts. */
@NullMarked
package dev.plumbline.state.evidence;

import org.jspecify.annotations.NullMarked;
