/**
 * The source that is measured with: a made-up household, packed as a drop-in plugin. It sees what
 * any plugin sees, {@code dev.mhs.api} and {@code dev.mhs.core.spi}, and nothing else of the
 * benchmarks.
 */
@NullMarked
package dev.mhs.bench.household;

import org.jspecify.annotations.NullMarked;
