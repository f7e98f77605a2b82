package dev.mhs.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCostTest {
  private static final String STATUS = "Name:\tjava\nVmHWM:\t  100000 kB\nVmRSS:\t   80000 kB\n";

  @Test
  void aProgramsNameMayHoldBlanksAndParentheses() {
    String stat = "42 (a (b) c) S 1 42 42 0 -1 4194560 9 8 7 6 150 30 2 1 20 0 19 0 5 6 7";

    ProcessCost cost = ProcessCost.parse(STATUS, stat);

    assertEquals(new ProcessCost(80_000 * 1024L, Duration.ofMillis(1830)), cost);
    assertEquals(Duration.ofMillis(30), ProcessCost.ofPrograms(stat), "of its programs alone");
  }

  @Test
  void aProcessThatHasEndedHasNoMemory() {
    String zombie = "Name:\tjava\nState:\tZ (zombie)\n";

    assertThrows(IllegalStateException.class, () -> ProcessCost.parse(zombie, "42 (java) Z 1"));
  }

  @Test
  void thisVeryProcessHasACost() throws IOException {
    ProcessCost cost = ProcessCost.of(ProcessHandle.current().pid());

    assertTrue(cost.residentBytes() > 10_000_000, () -> "too little: " + cost);
    assertTrue(cost.cpu().isPositive(), () -> "too little: " + cost);
  }
}
