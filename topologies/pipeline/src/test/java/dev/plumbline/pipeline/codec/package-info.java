@NullMarked
package dev.plumbline.pipeline.codec;

import org.jspecify.annotations.NullMarked;
