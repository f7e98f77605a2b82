/**
 * Asks one RouterOS box over REST: connection, trust, time limits, and what asking costs. It must
 * not know what the answers mean.
 */
@NullMarked
package dev.mhs.source.routeros.client;

import org.jspecify.annotations.NullMarked;
