/** Proofs that traffic has the rates that its plan names. */
@NullMarked
package dev.plumbline.testkit.traffic;

import org.jspecify.annotations.NullMarked;
