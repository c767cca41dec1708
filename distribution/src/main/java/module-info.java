/** The command line and the packaged program. */
module org.zepad.cli {
  requires org.zepad.core;
  requires static org.jspecify;
  requires info.picocli;
}
