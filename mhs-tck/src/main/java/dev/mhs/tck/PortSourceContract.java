package dev.mhs.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.mhs.api.Box;
import dev.mhs.api.Poll;
import dev.mhs.api.Port;
import dev.mhs.core.spi.Cadence;
import dev.mhs.core.spi.PortSource;
import dev.mhs.core.spi.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a source keeps to that tells what the sockets of a box do. The environment that {@link
 * #open} gives has at least one box with a port.
 *
 * @since 0.1
 */
public abstract class PortSourceContract extends CapabilityContract<List<Box>> {
  /** For subclasses. */
  protected PortSourceContract() {}

  @Override
  final Optional<Asked<List<Box>>> offered(Source source) {
    return source.ports().map(Asking::new);
  }

  /** The answer holds a port, no null, and cannot be changed by whoever gets it. */
  @Test
  public void theAnswerIsSound() {
    List<Box> answer = answer(asked(opened()));

    assertFalse(
        answer.stream().allMatch(box -> box.ports().isEmpty()), "the environment holds no port");
    assertSound("ports()", answer);
  }

  /** Boxes and ports keep their names from one question to the next. */
  @Test
  public void namesAreStable() {
    Asked<List<Box>> asked = asked(opened());

    assertEquals(names(answer(asked)), names(answer(asked)));
  }

  /** No two boxes have one id, and no two ports of a box one name. */
  @Test
  public void namesAreUnique() {
    List<Box> answer = answer(asked(opened()));

    assertEquals(answer.size(), answer.stream().map(Box::id).distinct().count(), "ids of boxes");
    for (Box box : answer) {
      long different = box.ports().stream().map(Port::name).distinct().count();
      assertEquals(box.ports().size(), different, () -> "names of the ports of " + box.id());
    }
  }

  /** A box is stamped with the moment at which its counters were read. */
  @Test
  public void boxesAreNotFromTheFuture() {
    for (Box box : answer(asked(opened()))) {
      assertFalse(
          context().time().moment().since(box.at()).isNegative(),
          () -> box.id() + " was read in the future");
    }
  }

  private static Map<String, List<String>> names(List<Box> boxes) {
    return boxes.stream()
        .collect(Collectors.toMap(Box::id, box -> box.ports().stream().map(Port::name).toList()));
  }

  private record Asking(PortSource ports) implements Asked<List<Box>> {
    @Override
    public Poll<List<Box>> ask() throws InterruptedException {
      return ports.ports();
    }

    @Override
    public Cadence cadence() {
      return ports.cadence();
    }
  }
}
