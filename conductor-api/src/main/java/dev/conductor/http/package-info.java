/**
 * The HTTP face of the API: a Netty pipeline that reads as a list, a table of functions, strict
 * decoding of parameters, tokens and rates, answers in the order of the requests.
 *
 * <p>Threads: event loops named {@code http}. They parse, hand on and answer, and never wait; a
 * question is answered there from the last published snapshot, a command when the conductor says.
 *
 * <p>Imports: {@code config}, {@code conductor.command}, {@code conductor.query}, {@code
 * conductor.model}, {@code conductor.notify}; Netty, Jackson.
 */
package dev.conductor.http;
