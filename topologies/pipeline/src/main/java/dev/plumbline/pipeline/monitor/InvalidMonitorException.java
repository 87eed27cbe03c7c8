package dev.plumbline.pipeline.monitor;

/** A monitor file has problems; the message lists them all, one a line. */
public final class InvalidMonitorException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidMonitorException(MonitorFile.Invalid invalid) {
    super(invalid.text());
  }
}
