/**
 * Cells and their roll-ups: counters per finest attribute combination, summed to subgroups and
 * windows when a pane closes, never per event.
 */
@NullMarked
package dev.plumbline.state.cube;

import org.jspecify.annotations.NullMarked;
