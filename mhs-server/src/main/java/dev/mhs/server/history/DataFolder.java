package dev.mhs.server.history;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The data folder, held by this process alone: two that add to one history would count everything
 * twice. Any thread may close it.
 */
final class DataFolder implements AutoCloseable {
  /** The name of the database file. */
  static final String DATABASE = "mhs.db";

  private static final String LOCK = "mhs.lock";
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int USER_VERSION =
      60; // its place in the header: sqlite.org/fileformat.html §1.3
  private static final int HEADER = 100;

  /** The database's files; itself last, so that what is renamed in part is found again. */
  private static final List<String> ENDINGS = List.of("-wal", "-shm", "");

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final System.Logger LOG = System.getLogger(DataFolder.class.getName());

  private final Path folder;
  private final FileChannel lockFile;

  private DataFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** A folder that cannot be used; the message is the sentence for people. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnusableException(String sentence) {
      super(sentence);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Takes hold of a folder, and looks whether a database of ours may be written there. This is
   * quick: it reads the file's header itself, without the database's library.
   */
  static DataFolder take(Path folder) throws UnusableException {
    FileChannel lockFile = lock(folder);
    DataFolder taken = new DataFolder(folder, lockFile);
    try {
      taken.examine();
      return taken;
    } catch (UnusableException unusable) {
      taken.close();
      throw unusable;
    }
  }

  /** The database file. */
  Path database() {
    return folder.resolve(DATABASE);
  }

  /** How large the database is, with the files that belong to it. */
  long sizeBytes() {
    return ENDINGS.stream()
        .map(ending -> beside(database(), ending).toFile())
        .mapToLong(File::length) // zero for what is absent: they come and go with connections
        .sum();
  }

  /** Refuses a database that a newer MHS has written. */
  static void checkVersion(Path database, int version) throws UnusableException {
    if (version > Schema.VERSION) {
      throw new UnusableException(
          "%s was written by a newer MHS (its version is %d, this one knows %d); update MHS, or choose another data.dir."
              .formatted(database, version, Schema.VERSION));
    }
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException failure) {
      LOG.log(System.Logger.Level.DEBUG, "closing the lock of the data folder", failure);
    }
  }

  private static FileChannel lock(Path folder) throws UnusableException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new UnusableException(
            "data.dir is %s, but another MHS that runs already uses it.".formatted(folder));
      }
      return channel;
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Refuses what a newer MHS has written; whatever else is wrong, the writer finds and mends. */
  private void examine() throws UnusableException {
    try (InputStream in = Files.newInputStream(database())) {
      byte[] header = in.readNBytes(HEADER);
      if (header.length == HEADER
          && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        checkVersion(database(), ByteBuffer.wrap(header).getInt(USER_VERSION));
      }
    } catch (NoSuchFileException none) {
      LOG.log(System.Logger.Level.DEBUG, "{0} does not exist yet", database());
    } catch (AccessDeniedException unreadable) {
      LOG.log(System.Logger.Level.DEBUG, "the header of the database", unreadable);
    } catch (IOException failure) {
      throw unwritable(folder, failure);
    }
  }

  /**
   * Puts the database aside, with the files that belong to it, under a name that was not there
   * before. No connection may be open.
   *
   * @return where it lies now
   */
  Path putAside(Instant now) throws UnusableException {
    String stamp = STAMP.format(now);
    Path aside = folder.resolve(DATABASE + ".damaged-" + stamp);
    for (int again = 2; isTaken(aside); again++) {
      aside = folder.resolve(DATABASE + ".damaged-" + stamp + "-" + again);
    }
    try {
      for (String ending : ENDINGS) {
        Path file = beside(database(), ending);
        if (Files.exists(file)) {
          Files.move(file, beside(aside, ending));
        }
      }
      return aside;
    } catch (IOException failure) {
      throw new UnusableException(
          "%s is damaged and cannot be renamed (%s); move it away to begin a new one."
              .formatted(database(), why(failure)));
    }
  }

  private static boolean isTaken(Path name) {
    return ENDINGS.stream().anyMatch(ending -> Files.exists(beside(name, ending)));
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  private static UnusableException unwritable(Path folder, IOException failure) {
    return new UnusableException(
        "data.dir is %s, but that cannot be written (%s).".formatted(folder, why(failure)));
  }

  private static String why(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> "permission denied: " + denied.getFile();
      case FileAlreadyExistsException file -> file.getFile() + " is a file, not a folder";
      case FileSystemException other when other.getReason() != null ->
          other.getReason() + ": " + other.getFile();
      default -> String.valueOf(failure.getMessage());
    };
  }
}
