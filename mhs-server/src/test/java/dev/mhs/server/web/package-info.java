@NullMarked
package dev.mhs.server.web;

import org.jspecify.annotations.NullMarked;
