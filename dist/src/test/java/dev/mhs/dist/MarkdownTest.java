package dev.mhs.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.mhs.dist.Markdown.Block;
import dev.mhs.dist.Markdown.Link;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the tests of the documents take out of a document. */
class MarkdownTest {
  private static final Markdown DOCUMENT =
      new Markdown(
          "docs/a.md",
          """
          # What's *new*, in `mhs` 2?
          A [link](b.md#there), `[no](link.md)` and ![a cat](cat.png). `mhs help`
          ## Again
          <!-- run by SomeIT -->
          ```sh
          # a whole line
          sudo mhs run      # comment
          curl -H 'x: #1' \\
            http://x
          [no](link.md)
          ```
          ## Again
          ```
          plain
          ```
          """
              .lines()
              .toList());

  @Test
  void anchorsAreThoseOfGitHub() {
    assertEquals(Set.of("whats-new-in-mhs-2", "again", "again-1"), DOCUMENT.anchors());
  }

  @Test
  void linksAndPicturesAreFoundOutsideOfCode() {
    assertEquals(
        List.of(new Link(2, false, "link", "b.md#there"), new Link(2, true, "a cat", "cat.png")),
        DOCUMENT.links());
    assertEquals(List.of("mhs", "[no](link.md)", "mhs help"), DOCUMENT.spans());
  }

  @Test
  void aBlockHasItsSectionItsMarkAndItsCommands() {
    Block block = DOCUMENT.blocks().getFirst();

    assertEquals("docs/a.md:5", block.place());
    assertEquals("docs/a.md#again", block.section());
    assertEquals("sh", block.language());
    assertEquals("run by SomeIT", block.mark());
    assertEquals(
        List.of("mhs run", "curl -H 'x: #1'   http://x", "[no](link.md)"), block.commandsOfRoot());
    assertEquals("", DOCUMENT.blocks().getLast().mark());
  }
}
