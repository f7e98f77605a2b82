@NullMarked
package dev.mhs.source.local.nmap;

import org.jspecify.annotations.NullMarked;
