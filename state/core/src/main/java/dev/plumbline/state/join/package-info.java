/** What an id contributes, as a function of the set of its records (FLOW section 2). */
@NullMarked
package dev.plumbline.state.join;

import org.jspecify.annotations.NullMarked;
