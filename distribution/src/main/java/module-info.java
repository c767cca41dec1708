/** The command line and the packaged program. */
module org.zepad.cli {
  requires org.zepad.core;
  requires static org.jspecify;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires jdk.management;

  opens org.zepad.cli to
      info.picocli;
}
