/**
 * Reads the configuration: {@code mhs.yaml}, {@code .env} and the environment, checked against one
 * table of keys. It reads files and decides nothing else; it must not know HTTP, SQL or the engine,
 * prints nothing and never ends the process. Whatever a person wrote wrongly becomes a sentence.
 */
@NullMarked
package dev.mhs.server.config;

import org.jspecify.annotations.NullMarked;
