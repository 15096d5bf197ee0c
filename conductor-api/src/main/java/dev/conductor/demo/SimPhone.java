package dev.conductor.demo;

import dev.conductor.media.play.Clip;
import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/**
 * A SIP phone without a telephone: it dials, keys, speaks, listens, holds and hangs up. Its methods
 * may be called from any thread and return at once; what they ask is done by the pool's thread,
 * which also completes their futures, so whoever chains onto one must not wait there.
 */
public final class SimPhone {
  private static final int PAUSE_AFTER_CLIP_MS = 600;
  private static final int KEY_MS = 100;

  private final PhonePool pool;
  private final PhoneAddress me;
  private final PhoneOptions options;
  private final long phaseNs;
  private final SplittableRandom random;

  private volatile PhoneState state = PhoneState.IDLE;
  private volatile boolean answers;
  private volatile int lastStatus;
  private volatile RtpLine.Hearing hearing;
  private volatile int rtpPort;
  private volatile InetSocketAddress remoteRtp;
  private volatile CompletableFuture<Void> over = CompletableFuture.completedFuture(null);

  private Voice voice = Voice.silence();
  private RtpLine line;
  private PhoneDialog dialog;
  private DatagramChannel nextChannel;
  private long version;
  private String direction = "sendrecv";
  private CompletableFuture<Void> keysBefore = CompletableFuture.completedFuture(null);

  SimPhone(
      final PhonePool pool,
      final PhoneAddress me,
      final PhoneOptions options,
      final long phaseNs,
      final SplittableRandom random) {
    this.pool = pool;
    this.me = me;
    this.options = options;
    this.phaseNs = phaseNs;
    this.random = random;
    this.hearing = new RtpLine.Hearing(options.codec());
  }

  /** User part of its address: what the far end shows as the caller's number. */
  public String user() {
    return me.user();
  }

  /** Where its call stands. */
  public PhoneState state() {
    return state;
  }

  /** Final status of its last INVITE, 0 while there is none; 408 also when nobody answered. */
  public int lastStatus() {
    return lastStatus;
  }

  /**
   * Dials; a phone has one call at a time.
   *
   * @return the final status: 200 when the far end has answered and was acknowledged
   */
  public CompletableFuture<Integer> dial(final InetSocketAddress server, final String number) {
    final CompletableFuture<Integer> answered = new CompletableFuture<>();
    pool.execute(nowNs -> dialNow(server, number, answered, nowNs));
    return answered;
  }

  /** Answers calls to its number from now on, at once. */
  public void answerCalls() {
    answers = true;
  }

  /**
   * Presses keys one after the other, 100 ms each.
   *
   * @param digits of {@code 0-9*#A-D}
   * @return done when the last one is up
   */
  public CompletableFuture<Void> keys(final String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(key -> KeySender.isKey((char) key))) {
      throw new IllegalArgumentException("keys are 0-9*#A-D, not " + digits);
    }
    final CompletableFuture<Void> done = new CompletableFuture<>();
    pool.execute(
        nowNs -> {
          if (state != PhoneState.UP) {
            done.completeExceptionally(new IllegalStateException(user() + " is in no call"));
          } else if (options.keysBy() == PhoneOptions.KeysBy.INFO) {
            final CompletableFuture<Void> before = keysBefore;
            keysBefore = done;
            before.whenComplete((nothing, failure) -> keyByInfo(digits, 0, done));
          } else {
            line.key(digits, done);
          }
        });
    return done;
  }

  /** Says this from now on. */
  public void play(final Voice next) {
    pool.execute(
        nowNs -> {
          voice = next;
          if (line != null) {
            line.voice(next);
          }
        });
  }

  /** Sounds this tone from now on. */
  public void play(final Tone tone) {
    play((Voice) tone::fill);
  }

  /** Says this clip over and over from now on. */
  public void play(final Clip clip) {
    play(Voice.repeating(clip, PAUSE_AFTER_CLIP_MS));
  }

  /** Sends no sound from now on, whatever was agreed; its voice is asked for none. */
  public void fallSilent() {
    pool.execute(
        nowNs -> {
          if (line != null) {
            line.fallSilent();
          }
        });
  }

  /** Puts the far end on hold ({@code sendonly}); the phone goes on sending, as some do. */
  public CompletableFuture<Integer> hold() {
    return offer("sendonly", false);
  }

  /** Takes the far end off hold. */
  public CompletableFuture<Integer> resume() {
    return offer("sendrecv", false);
  }

  /** Goes on with its sound on another port, as a phone that changed networks. */
  public CompletableFuture<Integer> movePort() {
    return offer(direction, true);
  }

  /**
   * Hangs up: CANCEL before the answer, BYE after it.
   *
   * @return done when the call is over
   */
  public CompletableFuture<Void> hangUp() {
    final CompletableFuture<Void> done = new CompletableFuture<>();
    pool.execute(
        nowNs -> {
          if (dialog != null) {
            dialog.hangUp(nowNs);
          }
          over.thenRun(() -> done.complete(null));
        });
    return done;
  }

  /** What it received in this call. */
  public Received received() {
    return hearing.received();
  }

  /** {@link System#nanoTime()} of the last packet. */
  public long lastPacketNs() {
    return hearing.lastPacketNs();
  }

  /**
   * The amplitude of one frequency in the last {@code windowMs}: that of a steady sine, about half
   * of it for a keyed one.
   */
  public double heard(final double freqHz, final int windowMs) {
    return hearing.ear().amplitude(freqHz, windowMs);
  }

  /** The mean absolute sample of the last {@code windowMs}. */
  public int levelHeard(final int windowMs) {
    return hearing.ear().level(windowMs);
  }

  /** The last {@code windowMs} it heard, four seconds at most. */
  public short[] lastHeard(final int windowMs) {
    return hearing.ear().last(windowMs);
  }

  /** How many samples it heard in this call; 8,000 a second. */
  public long heardSamples() {
    return hearing.ear().heardSamples();
  }

  /** Tells each packet of this call as it comes. */
  public void listen(final SoundListener listener) {
    hearing.listener(listener);
  }

  /** Its own RTP port in this call. */
  public int rtpPort() {
    return rtpPort;
  }

  /** Where it sends its sound, null before the answer. */
  public InetSocketAddress remoteRtp() {
    return remoteRtp;
  }

  /** Does what is due for its sound. The pool's thread. */
  void onSlot(final long nowNs, final ByteBuffer in) {
    if (line != null) {
      line.onSlot(nowNs, in);
    }
  }

  /** Closes its socket. The pool's thread, once. */
  void onPoolClosed() {
    if (line != null) {
      line.close();
    }
  }

  /** A fresh line for a call that begins. */
  private void begin() throws IOException {
    hearing = new RtpLine.Hearing(options.codec());
    line = new RtpLine(options, hearing, random.split());
    line.voice(voice);
    line.use(RtpLine.open(me.socket().getAddress()));
    nextChannel = null;
    rtpPort = line.port();
    lastStatus = 0;
    remoteRtp = null;
    direction = "sendrecv";
    version = 1;
    over = new CompletableFuture<>();
  }

  /** Takes a call that comes, if it is to and has none. The pool's thread. */
  boolean takesCall(final SipMessage invite, final InetSocketAddress from) {
    if (!answers || state != PhoneState.IDLE && state != PhoneState.OVER) {
      return false;
    }
    try {
      begin();
    } catch (final IOException noSocket) {
      return false;
    }
    dialog = new PhoneDialog(me, pool.wire(), random.split(), new CallEvents(), invite.callId());
    pool.register(dialog);
    dialog.accept(invite, from);
    return true;
  }

  private void dialNow(
      final InetSocketAddress server,
      final String number,
      final CompletableFuture<Integer> answered,
      final long nowNs) {
    if (state != PhoneState.IDLE && state != PhoneState.OVER) {
      answered.completeExceptionally(new IllegalStateException(user() + " is in a call"));
      return;
    }
    try {
      begin();
    } catch (final IOException noSocket) {
      answered.completeExceptionally(new UncheckedIOException(noSocket));
      return;
    }
    dialog = new PhoneDialog(me, pool.wire(), random.split(), new CallEvents());
    pool.register(dialog);
    dialog.invite(server, number, describe(rtpPort), nowNs, answered::complete);
  }

  private CompletableFuture<Integer> offer(final String newDirection, final boolean newPort) {
    final CompletableFuture<Integer> done = new CompletableFuture<>();
    pool.execute(
        nowNs -> {
          if (state != PhoneState.UP) {
            done.completeExceptionally(new IllegalStateException(user() + " is in no call"));
            return;
          }
          final String before = direction;
          direction = newDirection;
          try {
            nextChannel = newPort ? RtpLine.open(me.socket().getAddress()) : null;
            version++;
            final int port = newPort ? RtpLine.port(nextChannel) : rtpPort;
            dialog.reinvite(describe(port), nowNs, status -> onReoffered(status, before, done));
          } catch (final IOException noSocket) {
            done.completeExceptionally(new UncheckedIOException(noSocket));
          }
        });
    return done;
  }

  private void onReoffered(
      final int status, final String before, final CompletableFuture<Integer> done) {
    if (status >= 300) {
      direction = before;
      closeQuietly(nextChannel);
    }
    nextChannel = null;
    done.complete(status);
  }

  private void keyByInfo(final String digits, final int index, final CompletableFuture<Void> done) {
    if (index == digits.length()) {
      done.complete(null);
    } else if (state != PhoneState.UP) {
      done.completeExceptionally(new IllegalStateException("the call is over"));
    } else {
      final Content key = Content.key(digits.charAt(index), KEY_MS);
      pool.execute(nowNs -> dialog.info(key, nowNs, status -> keyByInfo(digits, index + 1, done)));
    }
  }

  private String describe(final int port) {
    return SessionText.write(me, port, options, version, direction);
  }

  private static void closeQuietly(final DatagramChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (final IOException ignored) {
      // It is of no use any more, whatever the system says of it.
    }
  }

  /** What the call tells the phone, on the pool's thread. */
  private final class CallEvents implements PhoneDialog.Events {
    @Override
    public void onSession(final SessionText session) {
      if (session == null || line == null) {
        return;
      }
      try {
        if (nextChannel != null) {
          line.use(nextChannel);
          rtpPort = line.port();
        }
        line.agree(session, pool.nextSendNs(phaseNs));
        if (session.address() != null) {
          remoteRtp = session.address();
        }
      } catch (final IOException unusable) {
        line.close();
      }
    }

    @Override
    public String onOffer(final SessionText offer) {
      version++;
      if (offer != null) {
        direction = offer.answerDirection();
        onSession(offer);
      }
      return describe(rtpPort);
    }

    @Override
    public void onStatus(final int status) {
      lastStatus = status;
    }

    @Override
    public void onState(final PhoneState next) {
      state = next;
      if (next == PhoneState.OVER) {
        line.close();
        over.complete(null);
      }
    }
  }
}
