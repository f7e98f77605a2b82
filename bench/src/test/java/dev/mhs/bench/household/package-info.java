/** Tests of the made-up household. */
@NullMarked
package dev.mhs.bench.household;

import org.jspecify.annotations.NullMarked;
