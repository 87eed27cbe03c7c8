/** How commands end when they do not end well. */
@NullMarked
package dev.plumbline.cli.failure;

import org.jspecify.annotations.NullMarked;
