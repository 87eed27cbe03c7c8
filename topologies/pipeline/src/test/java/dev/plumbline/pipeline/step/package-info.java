/** Tests of single steps, and of what engines share. */
@NullMarked
package dev.plumbline.pipeline.step;

import org.jspecify.annotations.NullMarked;
