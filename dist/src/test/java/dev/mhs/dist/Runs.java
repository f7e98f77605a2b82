package dev.mhs.dist;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Which commands of the documents a test runs in another spelling than theirs, as the same script
 * from another folder. {@link DocumentsTest} looks for it in the tests that a document names.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.SOURCE)
@interface Runs {
  /** Each command as the document has it, without {@code sudo}. */
  String[] value();
}
