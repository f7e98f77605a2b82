/** Tests of the measuring. */
@NullMarked
package dev.mhs.bench;

import org.jspecify.annotations.NullMarked;
