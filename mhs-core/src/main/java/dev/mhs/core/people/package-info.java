/**
 * What people said about devices: how they call them, and for which they want to be told when they
 * go. It must not know who asks, nor where it is kept.
 */
@NullMarked
package dev.mhs.core.people;

import org.jspecify.annotations.NullMarked;
