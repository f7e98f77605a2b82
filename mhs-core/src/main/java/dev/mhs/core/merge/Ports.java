package dev.mhs.core.merge;

import dev.mhs.api.DeviceField;
import dev.mhs.api.Sighting;
import dev.mhs.api.SourceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How near a port is to a device. A device behind a switch is seen by the router too, at the port
 * that leads to the switch, together with everybody else there: the nearest port is the one of the
 * source that looks after places, and among several of these (switch behind switch) the one with
 * the fewest devices behind it.
 */
final class Ports {
  /** Of one who names no port. */
  private static final long NOWHERE = Long.MAX_VALUE;

  private static final long NO_SWITCH = 1L << 32;

  private final Map<Place, Integer> crowds;

  private record Place(SourceId source, String port) {}

  private Ports(Map<Place, Integer> crowds) {
    this.crowds = crowds;
  }

  /** Counts who is behind which port. */
  static Ports of(Collection<Report> reports) {
    Map<Place, Integer> crowds = new HashMap<>();
    for (Report report : reports) {
      for (Sighting sighting : report.sightings()) {
        String port = sighting.fields().get(DeviceField.PORT);
        if (report.placesOnly() && port != null) {
          crowds.merge(new Place(report.source(), port), 1, Integer::sum);
        }
      }
    }
    return new Ports(crowds);
  }

  /** Returns a number that is smaller for a port that is nearer; among others, all are equal. */
  long distance(Report report, Sighting sighting) {
    String port = sighting.fields().get(DeviceField.PORT);
    if (port == null) {
      return NOWHERE;
    }
    Integer crowd = crowds.get(new Place(report.source(), port));
    return crowd == null ? NO_SWITCH : crowd;
  }
}
