/**
 * The vocabulary of MHS: immutable values that sources, the core and the server share.
 *
 * <p>Nothing here decides, measures or knows a protocol; it imports the JDK and JSpecify only. A
 * component that may be absent is marked {@link org.jspecify.annotations.Nullable}; there are no
 * sentinels such as 0, -1 or "unknown". All types are immutable and may be shared between threads.
 */
@NullMarked
package dev.mhs.api;

import org.jspecify.annotations.NullMarked;
