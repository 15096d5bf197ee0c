package dev.conductor.http;

/**
 * Why a request is refused before any handler looks at it. Immutable.
 *
 * @param status HTTP status
 * @param counter what to count
 * @param message for the body
 */
record Problem(int status, HttpCounter counter, String message) {}
