/** Tests of this package. */
@NullMarked
package dev.mhs.core.poll;

import org.jspecify.annotations.NullMarked;
