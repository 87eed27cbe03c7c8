/** The in-memory interpreter: the same steps without an engine. The oracle of the engines. */
@NullMarked
package dev.plumbline.pipeline.memory;

import org.jspecify.annotations.NullMarked;
