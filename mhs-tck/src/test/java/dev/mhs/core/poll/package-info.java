/**
 * Tests of {@code dev.mhs.core.poll} that need a fake source. They stand here and not beside the
 * code, because the core cannot depend on the fakes that depend on it.
 */
@NullMarked
package dev.mhs.core.poll;

import org.jspecify.annotations.NullMarked;
