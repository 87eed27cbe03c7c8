/**
 * Input with planted truths, the orders in which it can be read, and the naive oracle of the flow.
 */
@NullMarked
package dev.plumbline.testkit;

import org.jspecify.annotations.NullMarked;
