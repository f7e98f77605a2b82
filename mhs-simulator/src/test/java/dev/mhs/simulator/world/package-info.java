/** Tests of the simulator: world. */
@NullMarked
package dev.mhs.simulator.world;

import org.jspecify.annotations.NullMarked;
