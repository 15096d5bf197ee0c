package dev.conductor.model;

import java.util.Objects;

/**
 * How callers are to be divided into groups. Immutable.
 *
 * @param groups how many groups, 0 where a size is given
 * @param size how many in a group, 0 where their number is given
 * @param by what decides who sits with whom
 * @param role callers of this role are divided
 * @param everywhere those in breakouts too, not only those in the main room
 * @param spread whether the ASSISTANTs of the same places are dealt over the groups besides
 * @param avoidRepeats whether those who sat together before are kept apart where that can be
 * @param prefix what the groups' names begin with, empty for {@code Breakout}
 * @param seed of the chance that decides the rest: the same seed divides the same call alike
 */
public record Grouping(
    int groups,
    int size,
    By by,
    Role role,
    boolean everywhere,
    boolean spread,
    boolean avoidRepeats,
    String prefix,
    int seed) {
  /** Checks that there is one of number and size. */
  public Grouping {
    Objects.requireNonNull(by, "by");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(prefix, "prefix");
    if (groups < 0 || size < 0 || groups > 0 == size > 0) {
      throw new IllegalArgumentException("groups: one of groups and size is needed");
    }
  }

  /** What decides who sits with whom. */
  public enum By {
    /** Chance alone. */
    RANDOM,
    /** Callers with the same tag sit together as far as the groups' sizes let them. */
    TAG_SAME,
    /** Callers with the same tag are dealt over all groups. */
    TAG_MIXED,
    /** Callers who raised their hands to the same level sit together, as with a tag. */
    ATTENTION
  }
}
