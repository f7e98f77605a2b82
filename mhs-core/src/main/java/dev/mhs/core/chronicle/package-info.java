/**
 * Follows the snapshots: tells what happened to the journal, and what matters to the alert desk. It
 * must not know where entries are kept, nor how alerts are sent.
 */
@NullMarked
package dev.mhs.core.chronicle;

import org.jspecify.annotations.NullMarked;
