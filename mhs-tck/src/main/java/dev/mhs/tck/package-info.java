/**
 * Contracts and fakes for whoever writes a source.
 *
 * <p>The author of a plugin extends {@link dev.mhs.tck.SourceProviderContract} and one contract for
 * each capability that the source offers, and gives what to open; the tests are inherited. {@link
 * dev.mhs.tck.FakeSource} and {@link dev.mhs.tck.MutableClock} stand in for a box and for time.
 *
 * <p>It knows the vocabulary, the SPI and JUnit. It must not know the engine or any real source.
 */
@NullMarked
package dev.mhs.tck;

import org.jspecify.annotations.NullMarked;
