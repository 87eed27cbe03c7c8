/** Hand-written examples for the oracle, and proofs that what is planted is there. */
@NullMarked
package dev.plumbline.testkit;

import org.jspecify.annotations.NullMarked;
