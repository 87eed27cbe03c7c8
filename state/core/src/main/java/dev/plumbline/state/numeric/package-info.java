/**
 * Special functions and tails of distributions, which the JDK does not have.
 *
 * <p>Reproducible bit by bit on every machine: only IEEE operations, square roots and {@link
 * java.lang.StrictMath}. A library would do for a report; what is published must be the same in
 * every replay.
 */
@NullMarked
package dev.plumbline.state.numeric;

import org.jspecify.annotations.NullMarked;
