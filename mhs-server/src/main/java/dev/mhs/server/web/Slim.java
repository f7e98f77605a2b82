package dev.mhs.server.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Leaves out of our own scripts and style sheets what only their authors read: comments, the blanks
 * and line ends that part no two tokens, and the semicolon before a closing brace. Nothing inside a
 * text, a template or a regular expression changes, and a line end that may end a statement stays
 * one. For one thread.
 */
final class Slim {
  private static final String BEFORE_REGEX = "(,=:[!&|?{};+-*%<>~^";
  private static final Set<String> WORDS_BEFORE_REGEX =
      Set.of("return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "await");

  /** What is in parentheses after these is followed by a statement, be it an empty one. */
  private static final Set<String> HEADS = Set.of("if", "while", "for", "await", "with");

  /** So are these. */
  private static final Set<String> EMPTY_AFTER = Set.of("else", "do");

  /** After these, and before those, no line end ends a statement (ECMA-262 §12.10). */
  private static final String GOES_ON_AFTER = "{,;([=&|?:";

  private static final String GOES_ON_BEFORE = "})],.;?:=&|";

  /** Put together, these would be other tokens, or a comment. */
  private static final Set<String> APART = Set.of("++", "--", "//", "/*", "->", "<!");

  private final String source;
  private final boolean script;
  private final StringBuilder out = new StringBuilder();
  private final Deque<Integer> templates = new ArrayDeque<>(); // braces open where each began
  private final Deque<Boolean> heads = new ArrayDeque<>(); // of each open parenthesis
  private boolean isHead; // what the last parenthesis closed
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
    while (at < source.length()) {
      int gap = at;
      at = endOfGap(gap);
      if (at > gap) {
        out.append(parting(source.substring(gap, at)));
      } else {
        step();
      }
    }
    return out.toString();
  }

  private void step() {
    char next = source.charAt(at);
    switch (next) {
      case '"', '\'' -> copyText(next);
      case '/' -> slash();
      case '`' -> template();
      case '{' -> {
        braces++;
        copy(1);
      }
      case '}' -> closeBrace();
      case '(' -> {
        heads.push(HEADS.contains(wordBefore(out.length())));
        copy(1);
      }
      case ')' -> {
        isHead = !heads.isEmpty() && heads.pop();
        copy(1);
      }
      default -> copy(1);
    }
  }

  /** Passes over blanks, line ends and comments. Only between tokens. */
  private int endOfGap(int from) {
    int end = from;
    while (end < source.length()) {
      if (Character.isWhitespace(source.charAt(end))) {
        end++;
      } else if (script && source.startsWith("//", end)) {
        end = endOfLine(end);
      } else if (source.startsWith("/*", end)) {
        int close = source.indexOf("*/", end + 2);
        end = close < 0 ? source.length() : close + 2;
      } else {
        break;
      }
    }
    return end;
  }

  /** Returns what must stay of a gap between the token before and the one that is next. */
  private String parting(String gap) {
    if (out.isEmpty() || at == source.length()) {
      return "";
    }
    char before = out.charAt(out.length() - 1);
    char after = source.charAt(at);
    if (!script) {
      return "{};,:".indexOf(before) >= 0 || "{};,".indexOf(after) >= 0 ? "" : " ";
    }
    if (gap.indexOf('\n') >= 0
        && GOES_ON_AFTER.indexOf(before) < 0
        && GOES_ON_BEFORE.indexOf(after) < 0) {
      return "\n";
    }
    boolean number = Character.isDigit(before) && after == '.';
    boolean words = isOfWord(before) && isOfWord(after);
    return number || words || APART.contains("" + before + after) ? " " : "";
  }

  private static boolean isOfWord(char character) {
    return Character.isJavaIdentifierPart(character) || character == '#' || character == '\\';
  }

  private void slash() {
    if (script && isRegexExpected()) {
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
    return last < 0
        || BEFORE_REGEX.indexOf(out.charAt(last)) >= 0
        || WORDS_BEFORE_REGEX.contains(wordBefore(last + 1));
  }

  private String wordBefore(int end) {
    int word = end - 1;
    while (word >= 0 && Character.isJavaIdentifierPart(out.charAt(word))) {
      word--;
    }
    return out.substring(word + 1, end);
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
      leaveOutSemicolon();
      braces--;
      copy(1);
    }
  }

  /** A statement ends where its block does; only an empty one has nothing but its semicolon. */
  private void leaveOutSemicolon() {
    int last = out.length() - 1;
    if (last < 1 || out.charAt(last) != ';') {
      return;
    }
    boolean isEmpty =
        script
            && switch (out.charAt(last - 1)) {
              case ')' -> isHead;
              case '{', ';', ':' -> true;
              default -> EMPTY_AFTER.contains(wordBefore(last));
            };
    if (!isEmpty) {
      out.setLength(last);
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
}
