/** Tests of the vocabulary. */
@NullMarked
package dev.mhs.api;

import org.jspecify.annotations.NullMarked;
