/**
 * The history in one SQLite file. It knows SQL and files; it must not know HTTP, the engine or any
 * source, and reads no clock but the one it is given.
 */
@NullMarked
package dev.mhs.server.history;

import org.jspecify.annotations.NullMarked;
