/** The dashboard's files, served from the class path. It must not know what the page shows. */
@NullMarked
package dev.mhs.server.web;

import org.jspecify.annotations.NullMarked;
