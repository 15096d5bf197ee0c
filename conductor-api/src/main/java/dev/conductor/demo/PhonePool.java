package dev.conductor.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Simulated phones that share one SIP socket and one thread. The thread wakes every 2 ms on an
 * absolute schedule; the phones' packets are spread evenly over the 20 ms, every phone's socket is
 * read at each waking. A hundred phones need a few per cent of a core. Any thread.
 */
public final class PhonePool implements AutoCloseable {
  private static final long SLOT_NS = 2_000_000;
  private static final long TICK_NS = 20_000_000;
  private static final int SLOTS = (int) (TICK_NS / SLOT_NS);

  /** No factor of it divides the number of slots, so that phones fill them all in turn. */
  private static final int SLOT_STRIDE = 7;

  private static final int MAX_DATAGRAM_BYTES = 65_535;
  private static final long CLOSE_WAIT_MS = 3_000;

  private final DatagramChannel sip;
  private final InetSocketAddress local;
  private final Thread thread;
  private final SplittableRandom random;
  private final List<SimPhone> phones = new CopyOnWriteArrayList<>();
  private final Queue<LongConsumer> tasks = new ConcurrentLinkedQueue<>();
  private final Map<String, PhoneDialog> dialogs = new HashMap<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
  private final byte[] datagram = new byte[MAX_DATAGRAM_BYTES];
  private volatile boolean running = true;
  private long slotNs;

  private PhonePool(final DatagramChannel sip, final long seed) throws IOException {
    this.sip = sip;
    this.local = (InetSocketAddress) sip.getLocalAddress();
    this.random = new SplittableRandom(seed);
    this.thread = new Thread(this::run, "phones-" + local.getPort());
    this.thread.setDaemon(true);
  }

  /**
   * Opens a pool.
   *
   * @param address local address its phones signal and speak from
   */
  public static PhonePool start(final InetAddress address) throws IOException {
    final DatagramChannel sip = DatagramChannel.open();
    sip.configureBlocking(false);
    sip.bind(new InetSocketAddress(address, 0));
    final PhonePool pool = new PhonePool(sip, System.nanoTime());
    pool.thread.start();
    return pool;
  }

  /** A new phone of the usual kind. */
  public SimPhone phone(final String user) {
    return phone(user, PhoneOptions.USUAL);
  }

  /**
   * A new phone.
   *
   * @param user user part of its address, shown by the far end as its number
   */
  public synchronized SimPhone phone(final String user, final PhoneOptions options) {
    final long phaseNs = phones.size() * SLOT_STRIDE % SLOTS * SLOT_NS;
    final SimPhone phone =
        new SimPhone(this, new PhoneAddress(user, local), options, phaseNs, random.split());
    phones.add(phone);
    return phone;
  }

  /** All its phones. */
  public List<SimPhone> phones() {
    return List.copyOf(phones);
  }

  /** Its SIP address. */
  public InetSocketAddress localAddress() {
    return local;
  }

  /** Hangs up every phone, waits a little for the far end to agree, and ends the thread. */
  @Override
  public void close() {
    final CompletableFuture<?>[] ends =
        phones.stream().map(SimPhone::hangUp).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(CLOSE_WAIT_MS, TimeUnit.MILLISECONDS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (final ExecutionException | TimeoutException silentFarEnd) {
      // The far end is gone: there is nobody left to say goodbye to.
    }
    running = false;
    try {
      thread.join(CLOSE_WAIT_MS);
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has something done by the pool's thread, given the time. */
  void execute(final LongConsumer task) {
    tasks.add(task);
  }

  /** How the phones' signalling leaves. */
  Wire wire() {
    return this::send;
  }

  /** Messages of this call go to this dialog from now on. The pool's thread. */
  void register(final PhoneDialog dialog) {
    dialogs.put(dialog.callId(), dialog);
  }

  /** When a phone of this phase sends next. The pool's thread. */
  long nextSendNs(final long phaseNs) {
    final long intoTickNs = Math.floorMod(slotNs, TICK_NS);
    return slotNs - intoTickNs + phaseNs + (phaseNs > intoTickNs ? 0 : TICK_NS);
  }

  private void run() {
    slotNs = System.nanoTime();
    while (running) {
      final long nowNs = System.nanoTime();
      final long waitNs = slotNs - nowNs;
      if (waitNs > 0) {
        LockSupport.parkNanos(waitNs);
        continue;
      }
      // After a stall the phones catch up by their own schedules: one slot serves for all missed.
      slotNs += SLOT_NS * (1 + -waitNs / SLOT_NS);
      onSlot(nowNs);
    }
    phones.forEach(phone -> phone.onPoolClosed());
    closeSip();
  }

  private void onSlot(final long nowNs) {
    for (LongConsumer task = tasks.poll(); task != null; task = tasks.poll()) {
      task.accept(nowNs);
    }
    receiveSip(nowNs);
    dialogs.values().forEach(dialog -> dialog.onTick(nowNs));
    dialogs.values().removeIf(PhoneDialog::isForgettable);
    for (final SimPhone phone : phones) {
      phone.onSlot(nowNs, in);
    }
  }

  private void receiveSip(final long nowNs) {
    try {
      in.clear();
      SocketAddress from = sip.receive(in);
      while (from != null) {
        in.flip();
        final int length = in.remaining();
        in.get(datagram, 0, length);
        onDatagram(SipMessage.parse(datagram, length), (InetSocketAddress) from, nowNs);
        in.clear();
        from = sip.receive(in);
      }
    } catch (final IOException unreadable) {
      // What the network took away comes again: every request of SIP over UDP is repeated.
    }
  }

  private void onDatagram(
      final SipMessage message, final InetSocketAddress from, final long nowNs) {
    if (message == null) {
      return;
    }
    final PhoneDialog dialog = dialogs.get(message.callId());
    if (dialog != null) {
      dialog.onMessage(message, from, nowNs);
    } else if (message.isRequest() && message.method().equals("INVITE") && isTaken(message, from)) {
      return;
    } else if (message.isRequest() && !message.method().equals("ACK")) {
      final boolean asks = message.method().equals("OPTIONS");
      final PhoneAnswers answers = new PhoneAnswers(new PhoneAddress("phones", local), wire());
      final String line = asks ? "200 OK" : "481 Call/Transaction Does Not Exist";
      answers.answer(message, from, "none", line, "");
    }
  }

  /** Whether a phone of the name that is called takes the call. */
  private boolean isTaken(final SipMessage invite, final InetSocketAddress from) {
    for (final SimPhone phone : phones) {
      if (phone.user().equals(invite.requestUser()) && phone.takesCall(invite, from)) {
        return true;
      }
    }
    return false;
  }

  private void send(final String message, final InetSocketAddress to) {
    try {
      sip.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), to);
    } catch (final IOException lost) {
      // As good as lost on the way: it will be repeated.
    }
  }

  private void closeSip() {
    try {
      sip.close();
    } catch (final IOException ignored) {
      // The pool is over either way.
    }
  }
}
