/**
 * A week of a household that never was, kept by MHS and in the schema of the program that MHS
 * follows. It must not know the product's pages.
 */
@NullMarked
package dev.mhs.bench.past;

import org.jspecify.annotations.NullMarked;
