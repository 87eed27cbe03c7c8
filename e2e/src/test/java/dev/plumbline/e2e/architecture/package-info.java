/** The rules that keep the house in order: who may know whom, and what a tidy file looks like. */
@NullMarked
package dev.plumbline.e2e.architecture;

import org.jspecify.annotations.NullMarked;
