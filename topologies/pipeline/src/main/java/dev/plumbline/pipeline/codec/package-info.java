/** Domain to Avro: the records of the output topics. Only this package knows both. */
@NullMarked
package dev.plumbline.pipeline.codec;

import org.jspecify.annotations.NullMarked;
