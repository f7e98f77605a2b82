@NullMarked
package dev.mhs.server;

import org.jspecify.annotations.NullMarked;
