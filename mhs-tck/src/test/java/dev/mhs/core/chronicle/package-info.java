/** Tests of the chronicle and the alert desk together, on a clock that the test moves. */
@NullMarked
package dev.mhs.core.chronicle;

import org.jspecify.annotations.NullMarked;
