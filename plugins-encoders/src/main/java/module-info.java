import org.zepad.encoders.backbone.ResNet18Provider;

/** ZePAD's own encoders, which see the api alone, exactly as a third party's do. */
module org.zepad.encoders {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.encoders.backbone;

  provides org.zepad.api.backbone.BackboneProvider with
      ResNet18Provider;
}
