/**
 * Tests of {@code dev.mhs.core.engine} that need a fake source. They stand here and not beside the
 * code, because the core cannot depend on the fakes that depend on it.
 */
@NullMarked
package dev.mhs.core.engine;

import org.jspecify.annotations.NullMarked;
