/** Tests. */
@NullMarked
package dev.mhs.source.routeros.traffic;

import org.jspecify.annotations.NullMarked;
