/**
 * A router to be asked: what its tables cost to read, and what a household behind one costs it.
 * Nothing here knows the server.
 */
@NullMarked
package dev.mhs.bench.router;

import org.jspecify.annotations.NullMarked;
