@NullMarked
package dev.mhs.source.local.link;

import org.jspecify.annotations.NullMarked;
