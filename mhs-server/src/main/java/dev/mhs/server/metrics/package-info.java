/**
 * What Prometheus asks for: the newest snapshot and sums of bytes as text. It must not know how any
 * of it is measured.
 */
@NullMarked
package dev.mhs.server.metrics;

import org.jspecify.annotations.NullMarked;
