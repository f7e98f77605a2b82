@NullMarked
package dev.mhs.source.local.vendor;

import org.jspecify.annotations.NullMarked;
