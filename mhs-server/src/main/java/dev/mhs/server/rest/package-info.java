/**
 * The REST API: it reads the newest snapshot and the history, and passes commands on. It holds no
 * SQL and decides nothing.
 */
@NullMarked
package dev.mhs.server.rest;

import org.jspecify.annotations.NullMarked;
