package dev.conductor.focus;

import dev.conductor.signaling.api.CallControl;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.OutboundLine;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signaling that writes down what it is asked. */
final class FakeControl implements CallControl {
  final List<String> asked = new ArrayList<>();
  boolean refusing;
  boolean routed = true;
  boolean up = true;
  private long lastDial = 1_000;

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

  @Override
  public boolean hasRoute(final String number) {
    return routed;
  }

  @Override
  public Optional<OutboundLine> lineTo(final String number) {
    return up
        ? Optional.of(
            new OutboundLine(
                new DialogId(++lastDial),
                "carrier",
                HandDrivenFocus.HERE,
                new InetSocketAddress(HandDrivenFocus.HERE, 5_090)))
        : Optional.empty();
  }

  @Override
  public boolean dial(
      final OutboundLine line, final String number, final InetSocketAddress localRtp) {
    return note("dial " + line.dialog().value() + " " + number);
  }

  private boolean note(final String what) {
    if (what.contains(breakingAt)) {
      throw new IllegalStateException("on purpose: " + what);
    }
    asked.add(what);
    return !refusing;
  }
}
