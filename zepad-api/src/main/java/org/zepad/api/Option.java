package org.zepad.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares one component of an options record: its default, its range and its meaning. The command
 * line, the YAML files, {@code zepad plugins show} and error messages are made from it.
 *
 * <p>Component types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * an enum (written in kebab case), and {@code List} of these (written comma-separated as a
 * default). Names are camel case in Java and kebab case outside.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Option {

  /** The default, written as in YAML. */
  String defaultValue();

  /** Meaning and unit, one line without a full stop. */
  String help();

  /** The least allowed number, inclusive; of a list, of each element. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The greatest allowed number, inclusive; of a list, of each element. */
  double max() default Double.POSITIVE_INFINITY;

  /** The allowed values of a text option; empty: any. */
  String[] oneOf() default {};
}
