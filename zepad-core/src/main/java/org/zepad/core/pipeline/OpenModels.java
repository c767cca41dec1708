package org.zepad.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.core.bundle.Bundle;
import org.zepad.core.bundle.BundleManifest;
import org.zepad.core.detect.DetectionThreshold;
import org.zepad.core.evaluate.FusedModel;
import org.zepad.core.evaluate.Subject;
import org.zepad.core.plugin.PluginRegistry;

/** Bundles that were opened to be evaluated on a task. */
final class OpenModels implements AutoCloseable {
  private final List<Model> models = new ArrayList<>();

  /**
   * Opens bundles.
   *
   * @param folders by the names under which they are reported; a bundle of the defence {@code none}
   *     is the undefended victim
   */
  OpenModels(Map<String, Path> folders, String task, PluginRegistry plugins, RunContext context) {
    try {
      folders.forEach((name, folder) -> models.add(open(name, folder, task, plugins, context)));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Model open(
      String name, Path folder, String task, PluginRegistry plugins, RunContext context) {
    Bundle bundle = Bundle.open(folder, plugins, context);
    FusedModel model = bundle.model(task);
    if (VictimOf.isUndefended(bundle.manifest())) {
      return new Model(bundle, model, Subject.classifier(name, true, model));
    }
    DetectionThreshold threshold = bundle.threshold(task);
    return new Model(
        bundle, model.withThreshold(threshold), Subject.defended(name, model, threshold));
  }

  /** In the order in which they were given. */
  List<Model> models() {
    return models;
  }

  /** What the bundles say of themselves, by name. */
  Map<String, BundleManifest> manifests() {
    Map<String, BundleManifest> manifests = new LinkedHashMap<>();
    models.forEach(model -> manifests.put(model.name(), model.bundle().manifest()));
    return manifests;
  }

  /** The models as they are judged. */
  List<Subject> subjects() {
    return models.stream().map(Model::subject).toList();
  }

  /** The one of that name, which is among them. */
  Model model(String name) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no model was opened as " + name));
  }

  @Override
  public void close() {
    models.forEach(model -> model.bundle().close());
  }

  /**
   * A bundle's model for the task.
   *
   * @param fused the model as an attacker sees it
   * @param subject the model as it is judged
   */
  record Model(Bundle bundle, FusedModel fused, Subject subject) {
    String name() {
      return subject.info().name();
    }
  }
}
