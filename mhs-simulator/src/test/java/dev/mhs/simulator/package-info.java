/** Tests of the simulator. */
@NullMarked
package dev.mhs.simulator;

import org.jspecify.annotations.NullMarked;
