/** Tests of this package. */
@NullMarked
package dev.mhs.core.merge;

import org.jspecify.annotations.NullMarked;
