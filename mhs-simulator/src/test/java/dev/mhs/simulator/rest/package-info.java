/** Tests of the simulator: rest. */
@NullMarked
package dev.mhs.simulator.rest;

import org.jspecify.annotations.NullMarked;
