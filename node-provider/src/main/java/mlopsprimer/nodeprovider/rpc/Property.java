package mlopsprimer.nodeprovider.rpc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one property of a resource. It annotates a component of an argument or state record.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Property {
  /** Description of the property, in one sentence or more, for the package schema. */
  String value();

  /** Whether the property may be absent. The record's component is null then. */
  boolean optional() default false;

  /** Whether a change of this input replaces the resource instead of updating it. */
  boolean replaces() default false;
}
