/** Tests. */
@NullMarked
package dev.mhs.source.routeros.limit;

import org.jspecify.annotations.NullMarked;
