/**
 * The engine: it opens sources, keeps one loop for each of their capabilities, and publishes a
 * {@link dev.mhs.api.Snapshot} at each push interval, whatever the sources do. It must not know
 * HTTP, JSON, SQL or any vendor.
 */
@NullMarked
package dev.mhs.core.engine;

import org.jspecify.annotations.NullMarked;
