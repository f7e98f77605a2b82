/**
 * The program: reads the configuration and the environment, wires everything together, starts and
 * ends. Nothing else reads the environment or ends the process.
 */
@NullMarked
package dev.mhs.server;

import org.jspecify.annotations.NullMarked;
