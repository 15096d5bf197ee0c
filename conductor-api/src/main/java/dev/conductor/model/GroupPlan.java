package dev.conductor.model;

import java.util.List;

/**
 * Who is to sit with whom. Immutable.
 *
 * @param seed of the chance it was made with
 * @param repeats how often two of a group sat together before, summed over all pairs
 * @param groups the groups
 */
public record GroupPlan(int seed, int repeats, List<Group> groups) {
  /** Copies the list. */
  public GroupPlan {
    groups = List.copyOf(groups);
  }

  /**
   * A group. Immutable.
   *
   * @param name its breakout's name
   * @param callers UIDs of those who go in
   */
  public record Group(String name, List<String> callers) {
    /** Copies the list. */
    public Group {
      callers = List.copyOf(callers);
    }
  }

  /**
   * Why there is no plan. Immutable.
   *
   * @param parameter what was wrong
   * @param what with it
   */
  public record Refused(String parameter, String what) {}
}
