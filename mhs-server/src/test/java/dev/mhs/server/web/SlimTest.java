package dev.mhs.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of a file, and what never is. */
class SlimTest {
  @Test
  void indentationBlankLinesAndLinesOfCommentAreLeftOut() {
    String source =
        """
        // What it is.

        /**
         * Says so.
         */
        export function a(b) {
          // First.
          if (b) {
            return 1; // stays
          }
          /* aside */ c();
          /* whole */

          /* two
             lines */ d();
        }
        """;

    assertEquals(
        """
        export function a(b) {
        if (b) {
        return 1; // stays
        }
        /* aside */ c();
        /* two
             lines */ d();
        }
        """,
        Slim.script(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a = `one\n  // two\n\n  ${b}\n  /* three */`;\n",
        "const a = `${b ? `\n  inner ${c({ d: '}' })}\n  ` : ''}\n  // text\n`;\n",
        "const a = `\\`\n  // text`;\n",
        "const a = \"/* no comment\";\nconst b = '// nor this';\n",
        "const a = /[/`'\"]/g;\nconst b = x.replace(/`/, '`');\nconst c = `\n  d`;\n",
        "const half = a / b;\nconst c = `\n  d / e`;\nreturn /`/.test(f) / 2;\n",
        "a = b\n/* x */ + c;\n",
        "const url = 'http://a\\'b//c';\n"
      })
  void whatIsInATextOrATemplateStays(String source) {
    assertEquals(source, Slim.script(source));
  }

  @Test
  void aFileThatEndsInTheMiddleOfSomethingIsCopiedToItsEnd() {
    for (String source :
        new String[] {"`abc\n  d", "'abc", "/* abc", "a = /b", "`${", "//", "\\"}) {
      assertEquals(source, Slim.script("x(" + source).substring(2));
    }
  }

  @Test
  void aStyleSheetLosesTheSame() {
    String source =
        """
        /* Colours. */
        :root {
          --a: url("x/*y");
          /* two
             lines */
          color: red; /* stays */
        }
        """;

    assertEquals(
        """
        :root {
        --a: url("x/*y");
        color: red; /* stays */
        }
        """,
        Slim.style(source));
  }
}
