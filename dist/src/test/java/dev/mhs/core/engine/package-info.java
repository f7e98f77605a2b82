/** What the tests of the built product need of the engine's inside. */
@NullMarked
package dev.mhs.core.engine;

import org.jspecify.annotations.NullMarked;
