@NullMarked
package dev.plumbline.pipeline.mapping;

import org.jspecify.annotations.NullMarked;
