/** Tests of the contracts and fakes. */
@NullMarked
package dev.mhs.tck;

import org.jspecify.annotations.NullMarked;
