/**
 * HTTPS: certificates, given or self-made, and how they are used on a connection. It must not know
 * what is served.
 */
@NullMarked
package dev.mhs.server.tls;

import org.jspecify.annotations.NullMarked;
