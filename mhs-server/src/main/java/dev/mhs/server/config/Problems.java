package dev.mhs.server.config;

import java.util.List;

/**
 * The configuration cannot be used.
 *
 * @param sentences one for each mistake, in the order of the layers; at least one; no secrets
 */
public record Problems(List<String> sentences) implements Loaded {
  /** Copies the sentences and checks that there is one. */
  public Problems {
    sentences = List.copyOf(sentences);
    if (sentences.isEmpty()) {
      throw new IllegalArgumentException("problems without a problem");
    }
  }
}
