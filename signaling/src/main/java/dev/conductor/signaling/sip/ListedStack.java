package dev.conductor.signaling.sip;

import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.util.Collection;
import java.util.Collections;
import java.util.Properties;
import javax.sip.PeerUnavailableException;

/** A stack that shows what it keeps. Threads: any. */
final class ListedStack extends SipStackImpl {
  /**
   * A stack of these settings.
   *
   * @throws PeerUnavailableException when they are not such as it takes
   */
  ListedStack(final Properties settings) throws PeerUnavailableException {
    super(settings);
  }

  /** Transactions of requests that came; changes while it is read. */
  Collection<SIPServerTransaction> serverTransactions() {
    return Collections.unmodifiableCollection(serverTransactionTable.values());
  }
}
