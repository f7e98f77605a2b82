package dev.mhs.source.routeros.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.mhs.api.FailureKind;
import dev.mhs.source.routeros.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {
  @ParameterizedTest
  @CsvSource({
    "error-400-bad-reference.json, 400, REFUSED",
    "error-400-duplicate-address-list.json, 400, REFUSED",
    "error-400-duplicate-queue.derived.json, 400, REFUSED",
    "error-400-missing-identifier.json, 400, REFUSED",
    "error-400-timeout.json, 400, REFUSED",
    "error-400-unknown-parameter.json, 400, REFUSED",
    "error-401.json, 401, UNAUTHORIZED",
    "error-500-no-policy.json, 500, NOT_PERMITTED"
  })
  void aRecordedRefusalHasItsKindAndTheRoutersWords(String sample, int status, FailureKind kind) {
    Row body = Samples.rows(sample).get(0);

    RouterReply<Row> reply = Refusal.of(status, body, "read");

    RouterReply.Failed<Row> failed = (RouterReply.Failed<Row>) reply;
    assertEquals(kind, failed.kind());
    assertTrue(
        failed.detail().contains(body.text("detail").or(() -> body.text("message")).orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "error-400-unknown-menu.json, 400",
    "error-400-get-on-command.json, 400",
    "error-404-unknown-id.json, 404",
    "error-406.json, 406"
  })
  void whatDoesNotExistIsAbsent(String sample, int status) {
    assertTrue(
        Refusal.of(status, Samples.rows(sample).get(0), "read") instanceof RouterReply.Absent);
  }

  @Test
  void aMissingPolicyIsNamed() {
    Row body = Samples.rows("error-500-no-policy.json").get(0);

    RouterReply.Failed<Row> failed = (RouterReply.Failed<Row>) Refusal.<Row>of(500, body, "write");

    assertTrue(failed.detail().contains("\"write\""), failed.detail());
  }
}
