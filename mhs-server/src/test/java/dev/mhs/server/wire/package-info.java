@NullMarked
package dev.mhs.server.wire;

import org.jspecify.annotations.NullMarked;
