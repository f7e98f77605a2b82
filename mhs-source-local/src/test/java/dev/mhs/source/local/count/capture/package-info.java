@NullMarked
package dev.mhs.source.local.count.capture;

import org.jspecify.annotations.NullMarked;
