/**
 * The live view: each snapshot is encoded once and sent to every WebSocket. It must not know where
 * snapshots come from, nor hold SQL or REST.
 */
@NullMarked
package dev.mhs.server.live;

import org.jspecify.annotations.NullMarked;
