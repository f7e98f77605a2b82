/**
 * Who may come in: own names only, own pages only for writes and the live view, and a password
 * where one is set. It must not know what is behind the door.
 */
@NullMarked
package dev.mhs.server.security;

import org.jspecify.annotations.NullMarked;
