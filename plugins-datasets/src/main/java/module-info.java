/** ZePAD's own datasets, which see the api alone, exactly as a third party's do. */
module org.zepad.datasets {
  requires org.zepad.api;
  requires static org.jspecify;
}
