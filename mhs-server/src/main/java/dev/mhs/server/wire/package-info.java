/**
 * The wire format: how the vocabulary is written as JSON. It must not know HTTP, nor decide
 * anything.
 */
@NullMarked
package dev.mhs.server.wire;

import org.jspecify.annotations.NullMarked;
