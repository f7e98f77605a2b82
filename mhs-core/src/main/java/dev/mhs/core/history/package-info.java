/**
 * What is kept of the past: bytes by subject and time, and the devices that were known. Everything
 * here is arithmetic on values and one interface, {@link dev.mhs.core.history.HistoryStore}, for
 * whoever can keep them. It must not know SQL, files or HTTP.
 *
 * <p>The way of a byte: {@link dev.mhs.core.history.History#add} sums what was measured, {@link
 * dev.mhs.core.history.History#tick} hands it to the store every 30 s, and the store keeps it in a
 * {@link dev.mhs.core.history.Backlog} until it is written. {@link
 * dev.mhs.core.history.History#series} answers from all three places, and counts each byte once.
 *
 * <p>Rows become coarser with age, {@linkplain dev.mhs.core.history.Level level} by level: the rows
 * that end within a step become one row with a longer {@linkplain
 * dev.mhs.core.history.TrafficRow#covered() covered} time. No byte is lost, and a gap still differs
 * from a zero.
 */
@NullMarked
package dev.mhs.core.history;

import org.jspecify.annotations.NullMarked;
