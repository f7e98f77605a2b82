/**
 * Tells who made a network interface, by the prefix of its address. It knows a list that comes with
 * the program, and nothing of the network.
 */
@NullMarked
package dev.mhs.core.maker;

import org.jspecify.annotations.NullMarked;
