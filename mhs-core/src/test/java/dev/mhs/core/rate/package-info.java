/** Tests of this package. */
@NullMarked
package dev.mhs.core.rate;

import org.jspecify.annotations.NullMarked;
