/**
 * Plausible traffic with planted faults, for the demo and for the statistics: it needs no test
 * library.
 */
@NullMarked
package dev.plumbline.testkit.traffic;

import org.jspecify.annotations.NullMarked;
