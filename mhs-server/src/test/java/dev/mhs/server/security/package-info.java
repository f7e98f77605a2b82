@NullMarked
package dev.mhs.server.security;

import org.jspecify.annotations.NullMarked;
