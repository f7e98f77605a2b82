/** How bytes that many ask for go over HTTP: small, and only to those who do not have them yet. */
@NullMarked
package dev.mhs.server.content;

import org.jspecify.annotations.NullMarked;
