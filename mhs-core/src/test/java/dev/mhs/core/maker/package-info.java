@NullMarked
package dev.mhs.core.maker;

import org.jspecify.annotations.NullMarked;
