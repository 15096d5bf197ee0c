package dev.conductor.http;

import java.util.List;

/**
 * What the reference page and the OpenAPI file say of a function. Immutable.
 *
 * @param summary one sentence
 * @param isOurs whether the document does not have it
 * @param sample parameters of an example beside the common ones, each as {@code name=value}; a
 *     value in braces stands for a UID that the reader has, e.g. <code>{caller}</code>
 * @param answers where the answer is an envelope, the object its {@code value} is, as {@link
 *     OpenApiSchemas} names it; else what it answers, empty for {@code TRUE}
 * @param preview the object that the envelope holds which a command with {@code preview=true} is
 *     answered in, empty where it has no such parameter
 */
record FunctionDoc(
    String summary, boolean isOurs, List<String> sample, String answers, String preview) {
  /** Nothing said yet; no function of the table may have it. */
  static final FunctionDoc NONE = new FunctionDoc("", false, List.of(), "", "");

  /** What a function of the Conference Management API answers that shows nothing. */
  static final String NOTHING = "Nothing";

  /** Copies the list. */
  FunctionDoc {
    sample = List.copyOf(sample);
  }

  /** Of a function the document has. */
  static FunctionDoc of(final String summary, final String... sample) {
    return new FunctionDoc(summary, false, List.of(sample), "", "");
  }

  /** Of a function beyond the document. */
  static FunctionDoc ours(final String summary, final String... sample) {
    return new FunctionDoc(summary, true, List.of(sample), "", "");
  }

  /** The same, with this as its {@link #answers}. */
  FunctionDoc answering(final String answer) {
    return new FunctionDoc(summary, isOurs, sample, answer, preview);
  }

  /** The same of a command that only says, when asked to, what it would do. */
  FunctionDoc previewing(final String object) {
    return new FunctionDoc(summary, isOurs, sample, answers, object);
  }
}
