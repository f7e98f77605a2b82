/** Tests of this package. */
@NullMarked
package dev.mhs.core.session;

import org.jspecify.annotations.NullMarked;
