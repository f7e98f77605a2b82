@NullMarked
package dev.mhs.bench.past;

import org.jspecify.annotations.NullMarked;
