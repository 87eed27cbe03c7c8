@NullMarked
package dev.plumbline.pipeline.monitor;

import org.jspecify.annotations.NullMarked;
