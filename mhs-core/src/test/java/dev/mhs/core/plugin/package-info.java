/** Tests of this package. */
@NullMarked
package dev.mhs.core.plugin;

import org.jspecify.annotations.NullMarked;
