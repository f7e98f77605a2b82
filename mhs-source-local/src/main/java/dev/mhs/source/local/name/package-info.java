/**
 * Finds out by which names the network knows addresses, through the system's resolver. It knows
 * addresses and names, and nothing of devices. A name is text from strangers.
 */
@NullMarked
package dev.mhs.source.local.name;

import org.jspecify.annotations.NullMarked;
