/** Golden bytes, compatibility, and the list of topics. */
@NullMarked
package dev.plumbline.schemas;

import org.jspecify.annotations.NullMarked;
