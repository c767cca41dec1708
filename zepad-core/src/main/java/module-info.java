/** The runtime: everything that computes, behind the SPIs of the api. Names no plugin class. */
module org.zepad.core {
  requires transitive org.zepad.api;
  requires static org.jspecify;
  requires ai.djl.pytorch_engine;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.dataformat.yaml;
  requires transitive com.google.guice;
  requires org.slf4j;

  exports org.zepad.core.engine;
  exports org.zepad.core.head;
}
