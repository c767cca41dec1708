package org.zepad.core.plugin;

import java.util.Locale;
import org.zepad.api.Provider;
import org.zepad.api.attack.AttackProvider;
import org.zepad.api.backbone.BackboneProvider;
import org.zepad.api.dataset.DatasetProvider;
import org.zepad.api.defence.DefenceProvider;
import org.zepad.api.detector.DetectorProvider;
import org.zepad.api.fusion.FusionProvider;
import org.zepad.api.ssl.SslMethodProvider;

/** The seven kinds of plugin. */
public enum PluginKind {
  /** Architectures. */
  BACKBONE("backbone", BackboneProvider.class),
  /** Self-supervised pre-training methods. */
  SSL_METHOD("SSL method", SslMethodProvider.class),
  /** Attacks, universal and sample-wise. */
  ATTACK("attack", AttackProvider.class),
  /** Data sets. */
  DATASET("data set", DatasetProvider.class),
  /** Ways to harden encoders. */
  DEFENCE("defence", DefenceProvider.class),
  /** Fusion rules. */
  FUSION("fusion", FusionProvider.class),
  /** Detectors of adversarial images. */
  DETECTOR("detector", DetectorProvider.class);

  private final String label;

  @SuppressWarnings("rawtypes")
  private final Class<? extends Provider> spi;

  @SuppressWarnings("rawtypes")
  PluginKind(String label, Class<? extends Provider> spi) {
    this.label = label;
    this.spi = spi;
  }

  /** What a person calls one of them, such as {@code data set}. */
  public String label() {
    return label;
  }

  /** The name in files and tables, such as {@code ssl-method}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The interface that its providers implement. */
  @SuppressWarnings("rawtypes")
  public Class<? extends Provider> spi() {
    return spi;
  }
}
