package org.zepad.core.testkit.contracts;

import ai.djl.Device;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.zepad.api.Checkpoint;
import org.zepad.api.Progress;
import org.zepad.api.Provider;
import org.zepad.api.RunContext;
import org.zepad.core.check.Capability;
import org.zepad.core.check.Subject;
import org.zepad.core.engine.RunContexts;
import org.zepad.core.plugin.OptionsBinder;

/**
 * The plugin that is checked. JUnit makes the contracts itself, on the thread that asked, so that
 * is where they find it.
 */
final class Current {
  private static final ThreadLocal<Subject> SUBJECT = new ThreadLocal<>();

  private Current() {}

  static void set(Subject subject) {
    SUBJECT.set(subject);
  }

  static void clear() {
    SUBJECT.remove();
  }

  static Subject subject() {
    return SUBJECT.get();
  }

  static boolean has(Capability capability) {
    return subject().has(capability);
  }

  /** The provider, whose options the contract treats as any record. */
  @SuppressWarnings("unchecked")
  static <P extends Provider<Record>> P provider() {
    Subject subject = subject();
    return (P) subject.registry().provider(subject.plugin().kind(), subject.plugin().name());
  }

  /** Its options with some set otherwise. */
  static Record options(Map<String, Object> changes) {
    Map<String, Object> values = new HashMap<>(subject().options());
    values.putAll(changes);
    return OptionsBinder.bind(
        subject().plugin().label(), Current.<Provider<Record>>provider().optionsType(), values);
  }

  static Record reread(Record written) {
    return OptionsBinder.bind(
        subject().plugin().label(),
        Current.<Provider<Record>>provider().optionsType(),
        OptionsBinder.toMap(written));
  }

  static RunContext context(long seed) {
    return context(seed, label -> Checkpoint.none());
  }

  static RunContext context(long seed, Function<String, Checkpoint> checkpoints) {
    return RunContexts.root(seed, Device.cpu(), Progress.silent(), checkpoints);
  }
}
