@NullMarked
package dev.mhs.source.local.limit;

import org.jspecify.annotations.NullMarked;
