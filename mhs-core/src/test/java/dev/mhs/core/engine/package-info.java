/**
 * Tests of what needs no source. Those that need a fake one stand in {@code mhs-tck}, in the
 * package of the same name, because the core cannot depend on its own fakes.
 */
@NullMarked
package dev.mhs.core.engine;

import org.jspecify.annotations.NullMarked;
