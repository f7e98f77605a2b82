/** Tests. */
@NullMarked
package dev.mhs.source.routeros.map;

import org.jspecify.annotations.NullMarked;
