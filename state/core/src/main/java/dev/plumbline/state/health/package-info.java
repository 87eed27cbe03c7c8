/**
 * Whether a monitor is fed: rules by the wall clock, which is given from outside, and by what panes
 * hold when they close. Nothing of it enters metrics, evidence or books.
 */
@NullMarked
package dev.plumbline.state.health;

import org.jspecify.annotations.NullMarked;
