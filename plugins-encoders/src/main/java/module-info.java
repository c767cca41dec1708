/** ZePAD's own encoders, which see the api alone, exactly as a third party's do. */
module org.zepad.encoders {
  requires org.zepad.api;
  requires static org.jspecify;
}
