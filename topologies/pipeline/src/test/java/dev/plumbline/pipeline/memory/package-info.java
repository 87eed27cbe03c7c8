/** Steps against the oracle: any interleaving, any restart. */
@NullMarked
package dev.plumbline.pipeline.memory;

import org.jspecify.annotations.NullMarked;
