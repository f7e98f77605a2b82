/** Tests of this package. */
@NullMarked
package dev.mhs.core.select;

import org.jspecify.annotations.NullMarked;
