@NullMarked
package dev.mhs.server.live;

import org.jspecify.annotations.NullMarked;
