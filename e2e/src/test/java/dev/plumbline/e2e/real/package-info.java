/** Real input through the whole flow: data shared with the project, skipped where they are not. */
@NullMarked
package dev.plumbline.e2e.real;

import org.jspecify.annotations.NullMarked;
