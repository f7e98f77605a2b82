/**
 * Asking sources: one loop for each capability of each source, with deadline, back-off and health.
 * It must not know what the answers mean, nor which source is chosen.
 */
@NullMarked
package dev.mhs.core.poll;

import org.jspecify.annotations.NullMarked;
