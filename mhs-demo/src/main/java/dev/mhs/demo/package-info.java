/**
 * What {@code ./mhs demo} starts beside MHS: a played household with its router and its switch.
 *
 * <p>MHS meets it over HTTPS like any router, and knows nothing of it. Only its yesterday is not
 * asked for but written into the history before MHS starts: what was truly moved then.
 */
@NullMarked
package dev.mhs.demo;

import org.jspecify.annotations.NullMarked;
