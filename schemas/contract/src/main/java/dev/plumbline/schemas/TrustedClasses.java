package dev.plumbline.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/**
 * Which classes Avro may make from data: besides its own choice, our generated ones.
 *
 * <p>Avro 1.12.2 refuses all others ("This class is not trusted"). What was trusted before, for
 * example by system properties, stays so.
 */
final class TrustedClasses {

  private static final String OURS = "dev.plumbline.schemas.avro.";

  static {
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(OURS)));
  }

  private TrustedClasses() {}

  /** Makes Avro trust the classes, once; call before the first use of a generated class's data. */
  static void trust() {
    // The static initializer did it.
  }
}
