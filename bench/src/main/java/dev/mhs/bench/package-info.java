/**
 * MHS's own figures, each beside its budget: the built product is started as its users start it and
 * is measured from outside, through {@code /proc}, HTTP and WebSockets. It must not know how the
 * product works inside.
 */
@NullMarked
package dev.mhs.bench;

import org.jspecify.annotations.NullMarked;
