package dev.conductor.focus;

import dev.conductor.signaling.api.CallControl;
import dev.conductor.signaling.api.DialogId;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Signaling that writes down what it is asked. */
final class FakeControl implements CallControl {
  final List<String> asked = new ArrayList<>();
  boolean refusing;

  /** A fault comes of whatever is asked with these words. */
  String breakingAt = "nothing";

  @Override
  public boolean accept(final DialogId dialog, final InetSocketAddress localRtp) {
    return note("accept " + dialog.value());
  }

  @Override
  public boolean refuse(final DialogId dialog, final int status, final String reason) {
    return note("refuse " + dialog.value() + " " + status);
  }

  @Override
  public boolean end(final DialogId dialog, final String reason) {
    return note("end " + dialog.value() + " " + reason);
  }

  @Override
  public boolean probe(final DialogId dialog) {
    return note("probe " + dialog.value());
  }

  private boolean note(final String what) {
    if (what.contains(breakingAt)) {
      throw new IllegalStateException("on purpose: " + what);
    }
    asked.add(what);
    return !refusing;
  }
}
