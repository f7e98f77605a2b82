package dev.mhs.source.local.read;

/** How MHS gets the rights that some of what it does takes. */
public final class Rights {
  /** An ordinary user with the two rights; setpriv(1) is part of every Linux (util-linux). */
  public static final String REMEDY =
      "sudo setpriv --reuid=$(id -u) --regid=$(id -g) --init-groups"
          + " --inh-caps=+net_admin,+net_raw --ambient-caps=+net_admin,+net_raw ./mhs run";

  private Rights() {}
}
