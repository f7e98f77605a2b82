package dev.mhs.bench;

import java.util.Locale;

/** What is counted, and how it is written. */
enum Unit {
  /** Seconds from one event to another. */
  SECONDS("%.2f", " s"),
  /** Thousandths of a second from one event to another. */
  MILLISECONDS("%.1f", " ms"),
  /** Millions of bytes. */
  MEGABYTES("%.1f", " MB"),
  /** Hundredths of the time of one processor core. */
  PERCENT_OF_A_CORE("%.2f", " %"),
  /** Milliseconds of processor time. */
  CPU_MILLISECONDS("%.2f", " ms"),
  /** Thousands of bytes. */
  KILOBYTES("%.1f", " kB"),
  /** How often in a second. */
  PER_SECOND("%.2f", " /s"),
  /** How many. */
  COUNT("%.0f", "");

  private final String format;
  private final String sign;

  Unit(String format, String sign) {
    this.format = format;
    this.sign = sign;
  }

  /** Returns a value without its unit. */
  String number(double value) {
    return String.format(Locale.ROOT, format, value);
  }

  /** Returns a value with its unit. */
  String text(double value) {
    return number(value) + sign;
  }
}
