package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.http.SheetReader.Fault;
import java.util.List;

/** What a file may hold that is imported. Any thread; immutable. */
interface ImportKind {
  /** The function, as it is documented. */
  FileFunction documented();

  /**
   * Reads a file.
   *
   * @param scope what the key opened
   * @throws Refusal when it is none
   */
  Plan plan(AccountScope scope, Parameters parameters, boolean csv, String text);

  /** What a file comes to. */
  interface Plan {
    /** Rows that cannot be had, in order. */
    List<Fault> faults();

    /** Whether none can be had. */
    boolean isEmpty();

    /** Puts in what can be had. */
    Command command(Origin origin);

    /** What the conductor made of it; null where that is no answer to the command. */
    Told told(Object value);
  }

  /** What came of an import, the faults beside those of the file. Immutable. */
  record Told(int added, int changed, List<Fault> faults) {
    /** Copies the list. */
    public Told {
      faults = List.copyOf(faults);
    }
  }
}
