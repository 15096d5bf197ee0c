package dev.conductor.query;

import dev.conductor.model.Call;

/**
 * A call and what else its fields are made from. Immutable.
 *
 * @param call the call
 * @param seq number of the last event that is in it
 * @param nowMs Unix time of answering
 * @param facts what it says of the server
 */
record CallView(Call call, long seq, long nowMs, ServerFacts facts) {}
