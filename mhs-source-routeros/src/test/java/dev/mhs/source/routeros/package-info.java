/** Tests. */
@NullMarked
package dev.mhs.source.routeros;

import org.jspecify.annotations.NullMarked;
