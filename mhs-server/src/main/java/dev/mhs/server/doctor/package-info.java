/**
 * Asks every configured source once and tells a person what works and what does not. It must not
 * know which sources there are, and it serves nobody.
 */
@NullMarked
package dev.mhs.server.doctor;

import org.jspecify.annotations.NullMarked;
