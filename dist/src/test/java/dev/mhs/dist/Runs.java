package dev.mhs.dist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which commands of the documents a test runs: as they stand there, or in another spelling, such as
 * the same script from another folder. {@link DocumentsTest} looks for each command of a document
 * at the tests that the document names, and for each of these in a document.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@interface Runs {
  /** Each command as the document has it, without {@code sudo} and without a comment behind it. */
  String[] value();
}
