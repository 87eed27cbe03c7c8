package dev.plumbline.pipeline.mapping;

import java.math.BigDecimal;

/** A value of a user's field, whatever the format of the record. */
public sealed interface Value {

  /** Kind of the value in words; the only thing of it that messages repeat. */
  String kind();

  /** The field is not there. */
  record Absent() implements Value {

    @Override
    public String kind() {
      return "missing";
    }
  }

  /** The field is there and null; of CSV, empty. */
  record Null() implements Value {

    @Override
    public String kind() {
      return "null";
    }
  }

  /** A text that its format calls a text. */
  record Text(String text) implements Value {

    @Override
    public String kind() {
      return "text";
    }
  }

  /** A text of a format without types (CSV): it may stand for a number. */
  record Bare(String text) implements Value {

    @Override
    public String kind() {
      return "text";
    }
  }

  /** A whole number. */
  record Whole(long number) implements Value {

    @Override
    public String kind() {
      return "a whole number";
    }
  }

  /** Any other number; a 32-bit float is the double of its shortest decimal. */
  record Real(double number) implements Value {

    /** The double that a person would write for this float: 0.1f is 0.1. */
    public static Real of(float number) {
      return new Real(Double.parseDouble(Float.toString(number)));
    }

    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A number with an exact decimal value, or a whole one beyond 64 bits. */
  record Exact(BigDecimal number) implements Value {

    @Override
    public String kind() {
      return "a number";
    }
  }

  /** True or false. */
  record Truth(boolean value) implements Value {

    @Override
    public String kind() {
      return "true or false";
    }
  }

  /** A time that its format calls a time. */
  record Moment(long epochMillis) implements Value {

    @Override
    public String kind() {
      return "a time";
    }
  }

  /** A time that its format calls a local one: nothing says where. */
  record Local(long millis) implements Value {

    @Override
    public String kind() {
      return "a local time";
    }
  }

  /** A day that its format calls a date. */
  record Day(long epochDay) implements Value {

    @Override
    public String kind() {
      return "a date";
    }
  }

  /** Something that is no single value. */
  record Compound(String kind) implements Value {}

  /** The only instance needed. */
  Value ABSENT = new Absent();

  /** The only instance needed. */
  Value NULL = new Null();
}
