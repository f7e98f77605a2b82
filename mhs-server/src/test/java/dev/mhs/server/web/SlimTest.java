package dev.mhs.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of a file, and what never is. */
class SlimTest {
  @Test
  void commentsBlanksAndLineEndsThatPartNothingAreLeftOut() {
    String source =
        """
        // What it is.

        /**
         * Says so.
         */
        export function a(b) {
          // First.
          if (b) {
            return 1; // aside
          }
          const wide = /** @type {Wide} */ (b ?? c);
          wide
            .then((d) => d + 1)
            .catch(e => [e, { ...e }]);
        }
        """;

    assertEquals(
        """
        export function a(b){if(b){return 1}
        const wide=(b??c);wide.then((d)=>d+1).catch(e=>[e,{...e}])}""",
        Slim.script(source));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "const a=`one\n  // two\n\n  ${b}\n  /* three */`;",
        "const a=`${b?`\n  inner ${c({d:'}'})}\n  `:''}\n  // text\n`;",
        "const a=`\\`\n  // text`;",
        "const a=\"/* no comment\";const b='// nor  this';",
        "const a=/[/`'\"]/g;const b=x.replace(/`/,'`');const c=`\n  d`;",
        "const half=a/b;const c=`\n  d / e`;return/`  `/.test(f)/2;",
        "const url='http://a\\'b//c';"
      })
  void whatIsInATextATemplateOrARegularExpressionStays(String source) {
    assertEquals(source, Slim.script(source));
  }

  /** Each of these means something else, or nothing, with what parts it left out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\n++b",
        "let a=1\nlet b=2",
        "a+ +b",
        "a- -b",
        "a++ +b",
        "a-- >b",
        "a< !--b",
        "a/ /b/.c",
        "1 .toFixed()",
        "#a in b",
        "return a",
        "a=b\n/c/.test(d)",
        "f\n(a)",
        "}\n[a]",
        "typeof a",
        "async a=>b"
      })
  void whatPartsTwoTokensStays(String source) {
    assertEquals(source, Slim.script(source));
  }

  @Test
  void aCommentThatPartsTwoTokensLeavesABlankOrALineEnd() {
    assertEquals("return a", Slim.script("return/* it */a"));
    assertEquals("a\nb", Slim.script("a /* one\n two */ b"));
    assertEquals("a\nb", Slim.script("a // one\n  b"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a;}              | {a}",
        "{a();}            | {a()}",
        "{if(a)b();}       | {if(a)b()}",
        "{a=(b)=>{c;};}    | {a=(b)=>{c}}",
        "{a=`${b(c)};}`;}  | {a=`${b(c)};}`}",
        "{return/;}/;}     | {return/;}/}",
        "{while(a);}       | {while(a);}",
        "{for(;;);}        | {for(;;);}",
        "{if((a)&&b(c));}  | {if((a)&&b(c));}",
        "{if(a)b();else;}  | {if(a)b();else;}",
        "{do;while(a)}     | {do;while(a)}",
        "{a:;}             | {a:;}",
        "{;}               | {;}"
      })
  void onlyAnEmptyStatementKeepsItsSemicolonBeforeABrace(String source, String slim) {
    assertEquals(slim, Slim.script(source));
  }

  @Test
  void aFileThatEndsInTheMiddleOfSomethingIsCopiedToItsEnd() {
    for (String source : new String[] {"`abc\n  d", "'abc", "a=/b", "`${", "\\"}) {
      assertEquals(source, Slim.script("x(" + source).substring(2));
    }
    assertEquals("x(", Slim.script("x( /* abc"));
    assertEquals("x(", Slim.script("x( //"));
  }

  @Test
  void aStyleSheetLosesTheSame() {
    String source =
        """
        /* Colours. */
        :root {
          --a: url("x/*y; z");
          /* two
             lines */
          color: red; /* aside */
        }

        .a .b > c,
        .a :hover {
          width: calc(100% - 2 * (1px + 2px));
        }
        @media (min-width: 30em) and (hover: hover) {
          a { margin: 0 auto !important }
        }
        """;

    assertEquals(
        ":root{--a:url(\"x/*y; z\");color:red}"
            + ".a .b > c,.a :hover{width:calc(100% - 2 * (1px + 2px))}"
            + "@media (min-width:30em) and (hover:hover){a{margin:0 auto !important}}",
        Slim.style(source));
  }
}
