package dev.mhs.source.local;

import dev.mhs.api.Finding;
import dev.mhs.api.Finding.Level;
import dev.mhs.source.local.name.NetworkNames;
import java.util.ArrayList;
import java.util.List;

/** Puts into words which lease files names are read from. */
final class NameFindings {
  private NameFindings() {}

  static List<Finding> of(NetworkNames names) {
    List<Finding> found = new ArrayList<>();
    names
        .leaseFiles()
        .forEach(
            file ->
                found.add(
                    new Finding(Level.GOOD, "names are read from the leases in " + file, null)));
    names
        .leaseTroubles()
        .forEach(
            (file, trouble) ->
                found.add(
                    new Finding(
                        Level.LACKING,
                        "the leases in " + file + " are not read: " + trouble,
                        "sudo setfacl -m u:$(id -un):r " + file)));
    return found;
  }
}
