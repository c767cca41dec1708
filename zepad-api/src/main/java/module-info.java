/** The contracts between ZePAD and its plugins: SPIs and value types, and nothing that computes. */
module org.zepad.api {
  requires transitive ai.djl.api;
  // The decoder of picture files.
  requires java.desktop;
  requires static transitive org.jspecify;

  exports org.zepad.api;
  exports org.zepad.api.attack;
  exports org.zepad.api.backbone;
  exports org.zepad.api.dataset;
  exports org.zepad.api.defence;
  exports org.zepad.api.detector;
  exports org.zepad.api.encoder;
  exports org.zepad.api.fusion;
  exports org.zepad.api.graph;
  exports org.zepad.api.picture;
  exports org.zepad.api.ssl;
  exports org.zepad.api.tensor;
}
