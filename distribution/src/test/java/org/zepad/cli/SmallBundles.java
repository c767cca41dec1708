package org.zepad.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.zepad.api.RunContext;
import org.zepad.api.defence.Branch;
import org.zepad.api.defence.Role;
import org.zepad.api.encoder.Encoder;
import org.zepad.api.encoder.EncoderInfo;
import org.zepad.api.encoder.Preprocessing;
import org.zepad.core.bundle.BundleWriter;
import org.zepad.core.bundle.PluginChoice;
import org.zepad.core.encoder.BackboneEncoder;
import org.zepad.core.encoder.EncoderFiles;
import org.zepad.core.encoder.Zoo;
import org.zepad.core.plugin.PluginRegistry;

/** Bundles whose encoders were not hardened, which takes no time. */
final class SmallBundles {
  private SmallBundles() {}

  /** Two branches with random weights, of width 2, for images of 16 pixels. */
  static void random(Path folder, PluginRegistry plugins, RunContext context) {
    EncoderInfo info =
        new EncoderInfo(
            "resnet18", Map.of("width", 2), "unknown", Preprocessing.cifar(16), Map.of());
    List<Branch> branches = new ArrayList<>();
    for (String name : List.of("victim", "helper")) {
      Encoder encoder = new BackboneEncoder(info, plugins::createBackbone, context.child(name));
      branches.add(new Branch(name, branches.isEmpty() ? Role.MPAE : Role.BMP, encoder));
    }
    write(folder, branches);
  }

  /** Branches of the zoo, the last one benign. */
  static void ofZoo(Path folder, List<String> methods, PluginRegistry plugins, RunContext context) {
    List<Branch> branches = new ArrayList<>();
    for (String method : methods) {
      Path file = new Zoo(plugins).file(Zoo.PREFIX + method);
      Role role = branches.size() < methods.size() - 1 ? Role.MPAE : Role.BMP;
      branches.add(new Branch(method, role, EncoderFiles.load(file, plugins, context)));
    }
    write(folder, branches);
  }

  private static void write(Path folder, List<Branch> branches) {
    BundleWriter.create(
        folder,
        branches,
        new PluginChoice("robust-federal-decision", Map.of("k", 3.0)),
        new PluginChoice("confidence-gap", Map.of()),
        Map.of());
  }
}
