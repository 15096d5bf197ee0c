package dev.conductor.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a key of a record in a list is where the list's item does not say it. Keys without one must
 * be said. (Keys of sections have their defaults in the reference file.)
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Default {
  /** The value as it would be written; of a list its items, comma-separated. */
  String value();
}
