package dev.mhs.server.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Leaves out of our own scripts and style sheets what only their authors read: indentation, blank
 * lines, and comments that fill whole lines. Nothing inside a text or a template changes, and where
 * a line ended one still ends, so that the program stays the same. For one thread.
 */
final class Slim {
  private static final String BEFORE_REGEX = "(,=:[!&|?{};+-*%<>~^";
  private static final Set<String> WORDS_BEFORE_REGEX =
      Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "await");

  private final String source;
  private final boolean script;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Integer> templates = new ArrayDeque<>(); // braces open where each began
  private int braces;
  private int at;

  private Slim(String source, boolean script) {
    this.source = source;
    this.script = script;
  }

  /** Returns a script (ECMAScript) without what nobody needs to run it. */
  static String script(String source) {
    return new Slim(source, true).run();
  }

  /** Returns a style sheet without what nobody needs to apply it. */
  static String style(String source) {
    return new Slim(source, false).run();
  }

  private String run() {
    startLine();
    while (at < source.length()) {
      step();
    }
    return out.toString();
  }

  private void step() {
    char next = source.charAt(at);
    switch (next) {
      case '\n' -> {
        copy(1);
        startLine();
      }
      case '"', '\'' -> copyText(next);
      case '/' -> slash();
      case '`' -> template();
      case '{' -> {
        braces++;
        copy(1);
      }
      case '}' -> closeBrace();
      default -> copy(1);
    }
  }

  /** Passes over indentation, blank lines and whole lines of comment. Only between tokens. */
  private void startLine() {
    int line = at;
    while (line < source.length()) {
      int text = line;
      while (text < source.length() && isBlank(source.charAt(text))) {
        text++;
      }
      int after = text;
      if (script && source.startsWith("//", text)) {
        after = endOfLine(text);
      } else if (source.startsWith("/*", text)) {
        int end = source.indexOf("*/", text + 2);
        after = end < 0 ? source.length() : end + 2;
      }
      int rest = after;
      while (rest < source.length() && isBlank(source.charAt(rest))) {
        rest++;
      }
      if (rest < source.length() && source.charAt(rest) != '\n') {
        at = text;
        return;
      }
      line = Math.min(rest + 1, source.length());
    }
    at = line;
  }

  private void slash() {
    if (source.startsWith("/*", at)) {
      int end = source.indexOf("*/", at + 2);
      copy((end < 0 ? source.length() : end + 2) - at);
    } else if (script && source.startsWith("//", at)) {
      copy(endOfLine(at) - at);
    } else if (script && isRegexExpected()) {
      copyRegex();
    } else {
      copy(1);
    }
  }

  private boolean isRegexExpected() {
    int last = out.length() - 1;
    while (last >= 0 && Character.isWhitespace(out.charAt(last))) {
      last--;
    }
    if (last < 0 || BEFORE_REGEX.indexOf(out.charAt(last)) >= 0) {
      return true;
    }
    int word = last;
    while (word >= 0 && Character.isJavaIdentifierPart(out.charAt(word))) {
      word--;
    }
    return WORDS_BEFORE_REGEX.contains(out.substring(word + 1, last + 1));
  }

  private void copyRegex() {
    int end = at + 1;
    boolean inClass = false;
    while (end < source.length() && source.charAt(end) != '\n') {
      char next = source.charAt(end);
      if (next == '\\') {
        end++;
      } else if (next == '[') {
        inClass = true;
      } else if (next == ']') {
        inClass = false;
      } else if (next == '/' && !inClass) {
        end++;
        break;
      }
      end++;
    }
    copy(end - at);
  }

  private void copyText(char quote) {
    int end = at + 1;
    while (end < source.length() && source.charAt(end) != quote && source.charAt(end) != '\n') {
      end += source.charAt(end) == '\\' ? 2 : 1;
    }
    copy(Math.min(end + 1, source.length()) - at);
  }

  private void template() {
    if (script) {
      copyTemplate(at + 1);
    } else {
      copy(1);
    }
  }

  private void closeBrace() {
    if (!templates.isEmpty() && templates.element() == braces) {
      templates.pop();
      copyTemplate(at + 1);
    } else {
      braces--;
      copy(1);
    }
  }

  /** Copies a template as it is, up to its end or to an expression in it. */
  private void copyTemplate(int from) {
    int end = from;
    while (end < source.length()) {
      char next = source.charAt(end);
      if (next == '`') {
        copy(end + 1 - at);
        return;
      }
      if (source.startsWith("${", end)) {
        copy(end + 2 - at);
        templates.push(braces);
        return;
      }
      end += next == '\\' ? 2 : 1;
    }
    copy(source.length() - at);
  }

  private void copy(int length) {
    int end = Math.min(at + length, source.length());
    out.append(source, at, end);
    at = end;
  }

  private int endOfLine(int from) {
    int end = source.indexOf('\n', from);
    return end < 0 ? source.length() : end;
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t' || character == '\r';
  }
}
