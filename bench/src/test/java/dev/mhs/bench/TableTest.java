package dev.mhs.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  @Test
  void eachFigureStandsBesideItsBudget() {
    List<Measurement> measured =
        List.of(
            new Measurement("start", Unit.SECONDS, List.of(0.9, 0.4, 0.5), 0.4),
            new Measurement("memory", Unit.MEGABYTES, List.of(80.0, 81.0), 100.0),
            new Measurement("push", Unit.CPU_MILLISECONDS, List.of(3.21), null));

    String table = Table.of(measured);

    assertEquals(
        """
        | figure |  median |   min – max | n |   budget | of budget |
        |--------|--------:|------------:|--:|---------:|----------:|
        | start  |  0.50 s | 0.40 – 0.90 | 3 |   0.40 s |    1.25 ! |
        | memory | 80.5 MB | 80.0 – 81.0 | 2 | 100.0 MB |    0.81   |
        | push   | 3.21 ms | 3.21 – 3.21 | 1 |          |           |
        """,
        table);
  }

  @Test
  void whatWasNeverMeasuredIsNoFigure() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Measurement("nothing", Unit.SECONDS, List.of(), null));
  }
}
