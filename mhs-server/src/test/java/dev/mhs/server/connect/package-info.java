@NullMarked
package dev.mhs.server.connect;

import org.jspecify.annotations.NullMarked;
