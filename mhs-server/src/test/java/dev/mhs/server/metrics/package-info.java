@NullMarked
package dev.mhs.server.metrics;

import org.jspecify.annotations.NullMarked;
