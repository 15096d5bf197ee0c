package dev.conductor.model;

/**
 * Texts that customers' own pages show and that the server keeps for them; it does nothing with
 * them itself. The wire names are those of the Conference Management API.
 */
public enum PageText {
  /** Whom to write to, of a conference; a customer has contact emails. */
  CONTACT_EMAIL("contactEmail"),
  /** What somebody who registers reads. */
  REGISTER_TEXT("registerText"),
  /** Who brought the customer. */
  AFFILIATE_CODE("affiliateCode"),
  /** When and of what people are reminded. */
  REMINDER("reminder"),
  /** Before the call. */
  PRE_CALL("preCall"),
  /** After the call. */
  POST_CALL("postCall"),
  /** A banner. */
  BANNER("banner"),
  /** Which page callers see. */
  CALLER_INTERFACE("callerInterface"),
  /** What is said of registration. */
  REG_COMMENT("regComment");

  private final String wireName;

  PageText(final String wireName) {
    this.wireName = wireName;
  }

  /** Its name in requests and answers. */
  public String wireName() {
    return wireName;
  }
}
