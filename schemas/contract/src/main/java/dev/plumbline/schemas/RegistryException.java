package dev.plumbline.schemas;

/** A registry that could not do what was asked; the message names its url and the remedy. */
public final class RegistryException extends RuntimeException {

  private final boolean retriable;

  RegistryException(String message, boolean retriable, Throwable cause) {
    super(message, cause);
    this.retriable = retriable;
  }

  RegistryException(String message, boolean retriable) {
    super(message);
    this.retriable = retriable;
  }

  /** Whether the same request may succeed later: the registry was not reached or was failing. */
  public boolean retriable() {
    return retriable;
  }
}
