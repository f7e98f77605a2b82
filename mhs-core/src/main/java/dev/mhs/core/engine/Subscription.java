package dev.mhs.core.engine;

/** Something that lasts until it is closed; closing it a second time does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
  @Override
  void close();
}
