/** Counting in the kernel, without one. */
@NullMarked
package dev.mhs.source.local.count;

import org.jspecify.annotations.NullMarked;
