/** The runtime: everything that computes, behind the SPIs of the api. Names no plugin class. */
module org.zepad.core {
  requires transitive org.zepad.api;
  requires static org.jspecify;
  requires ai.djl.pytorch_engine;
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires transitive com.google.guice;
  requires com.google.protobuf;
  requires com.microsoft.onnxruntime;
  requires java.desktop;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.management;
  requires org.slf4j;
  requires org.tribuo.util.onnx;

  // What Guice and DJL need and, being automatic modules, cannot say.
  requires com.google.common;
  requires com.google.gson;
  requires jakarta.inject;

  exports org.zepad.core.check;
  exports org.zepad.core.config;
  exports org.zepad.core.attack;
  exports org.zepad.core.audit;
  exports org.zepad.core.bench;
  exports org.zepad.core.bundle;
  exports org.zepad.core.detect;
  exports org.zepad.core.data;
  exports org.zepad.core.encoder;
  exports org.zepad.core.engine;
  exports org.zepad.core.experiment;
  exports org.zepad.core.evaluate;
  exports org.zepad.core.fetch;
  exports org.zepad.core.fusion;
  exports org.zepad.core.harden;
  exports org.zepad.core.head;
  exports org.zepad.core.io;
  exports org.zepad.core.metrics;
  exports org.zepad.core.onnx;
  exports org.zepad.core.pipeline;
  exports org.zepad.core.plugin;
  exports org.zepad.core.pretrain;
  exports org.zepad.core.report;
  exports org.zepad.core.runtime;
  exports org.zepad.core.serve;
  exports org.zepad.core.train;

  provides org.zepad.api.defence.DefenceProvider with
      org.zepad.core.harden.GenAfProvider,
      org.zepad.core.harden.MartProvider,
      org.zepad.core.harden.NoDefenceProvider,
      org.zepad.core.harden.PgdAtProvider,
      org.zepad.core.harden.StandardTuningProvider,
      org.zepad.core.harden.TradesProvider,
      org.zepad.core.harden.ZepadProvider;
  provides org.zepad.api.detector.DetectorProvider with
      org.zepad.core.detect.ConfidenceGap;
  provides org.zepad.api.fusion.FusionProvider with
      org.zepad.core.fusion.EntropyFusion,
      org.zepad.core.fusion.EqualFusion,
      org.zepad.core.fusion.RobustFederalDecision;

  uses com.google.inject.Module;
  uses org.zepad.api.attack.AttackProvider;
  uses org.zepad.api.backbone.BackboneProvider;
  uses org.zepad.api.dataset.DatasetProvider;
  uses org.zepad.api.defence.DefenceProvider;
  uses org.zepad.api.detector.DetectorProvider;
  uses org.zepad.api.fusion.FusionProvider;
  uses org.zepad.api.ssl.SslMethodProvider;
  uses org.zepad.core.check.ContractRunner;
}
