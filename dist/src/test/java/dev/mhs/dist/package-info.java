/**
 * Tests of the built product: the wrapper script, and MHS as it runs in a home made of network
 * namespaces. Nothing here reaches the machine's own network.
 */
@NullMarked
package dev.mhs.dist;

import org.jspecify.annotations.NullMarked;
