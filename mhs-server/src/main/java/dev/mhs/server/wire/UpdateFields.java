package dev.mhs.server.wire;

import java.util.Optional;

/** The fields of an {@code update}, kept to be compared with those of the next. Immutable. */
public final class UpdateFields {
  private final Fields fields;

  UpdateFields(Fields fields) {
    this.fields = fields;
  }

  /**
   * Returns the {@code delta} message that leads here in UTF-8, or empty when only a whole update
   * can tell what changed.
   *
   * @param before the update that its readers have
   */
  public Optional<byte[]> since(UpdateFields before) {
    return DeltaJson.between(before.fields, fields);
  }
}
