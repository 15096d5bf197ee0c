package dev.conductor.model;

import java.util.random.RandomGenerator;

/** UIDs as we make them: 16 upper-case letters and digits. Any thread. */
public final class Uids {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final int LENGTH = 16;

  private Uids() {}

  /** One drawn by chance. */
  public static String draw(final RandomGenerator random) {
    final StringBuilder uid = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      uid.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return uid.toString();
  }
}
