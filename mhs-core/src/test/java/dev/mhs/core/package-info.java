/** What the tests of all packages share. */
@NullMarked
package dev.mhs.core;

import org.jspecify.annotations.NullMarked;
