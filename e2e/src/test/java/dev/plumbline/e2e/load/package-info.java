/**
 * What the monitor costs, measured against a baseline in the same run. Started by hand, not a test.
 */
@NullMarked
package dev.plumbline.e2e.load;

import org.jspecify.annotations.NullMarked;
