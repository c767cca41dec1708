module com.example.tico {
  requires org.zepad.api;

  exports com.example.tico;

  provides org.zepad.api.ssl.SslMethodProvider with
      com.example.tico.Tico;
}
