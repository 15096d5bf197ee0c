package dev.conductor.http;

import dev.conductor.model.DialWindow;
import java.util.function.LongSupplier;

/**
 * What the functions of {@code /_access} go by. Immutable.
 *
 * @param nowMs Unix time
 * @param window when a reservation is open to callers
 * @param maxCallers callers one call may have
 */
public record AccountLimits(LongSupplier nowMs, DialWindow window, int maxCallers) {}
