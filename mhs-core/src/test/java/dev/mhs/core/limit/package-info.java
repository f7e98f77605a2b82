/** Tests of this package. */
@NullMarked
package dev.mhs.core.limit;

import org.jspecify.annotations.NullMarked;
