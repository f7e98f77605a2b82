/** Tests. */
@NullMarked
package dev.mhs.source.routeros.client;

import org.jspecify.annotations.NullMarked;
