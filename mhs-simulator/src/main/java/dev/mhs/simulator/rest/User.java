package dev.mhs.simulator.rest;

import java.util.Set;

/**
 * Who may log in.
 *
 * @param name the login
 * @param password its password
 * @param policies what its group allows
 */
public record User(String name, String password, Set<Policy> policies) {
  /** The policies that matter to REST (RouterOS manual, "User", group policies). */
  public enum Policy {
    /** To use REST at all. */
    REST_API,
    /** To read. */
    READ,
    /** To write. */
    WRITE
  }

  /** Copies the policies. */
  public User {
    policies = Set.copyOf(policies);
  }

  /** Somebody who may do everything that REST offers. */
  public static User full(String name, String password) {
    return new User(name, password, Set.of(Policy.values()));
  }

  /** Somebody who may only look. */
  public static User reader(String name, String password) {
    return new User(name, password, Set.of(Policy.REST_API, Policy.READ));
  }

  /** Returns name and policies, without the password. */
  @Override
  public String toString() {
    return name + policies;
  }
}
