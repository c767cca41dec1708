/** ZePAD's own attacks, which see the api alone, exactly as a third party's do. */
module org.zepad.attacks {
  requires org.zepad.api;
  requires static org.jspecify;
}
