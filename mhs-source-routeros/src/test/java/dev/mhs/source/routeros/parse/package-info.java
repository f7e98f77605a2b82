/** Tests. */
@NullMarked
package dev.mhs.source.routeros.parse;

import org.jspecify.annotations.NullMarked;
