@NullMarked
package dev.mhs.server.tls;

import org.jspecify.annotations.NullMarked;
