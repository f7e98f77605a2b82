/**
 * Turns what the Linux kernel and its tools print into records. Pure text in, records out: nothing
 * here opens a file, reads a clock or decides what a record means for a device. A line that makes
 * no sense is left out; no text makes a parser throw.
 */
@NullMarked
package dev.mhs.source.local.parse;

import org.jspecify.annotations.NullMarked;
