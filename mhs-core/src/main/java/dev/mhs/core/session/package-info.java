/**
 * When devices were on the network: sessions that open, go on and close, concluded from one
 * snapshot after the other. It must not know sources, SQL or HTTP.
 */
@NullMarked
package dev.mhs.core.session;

import org.jspecify.annotations.NullMarked;
