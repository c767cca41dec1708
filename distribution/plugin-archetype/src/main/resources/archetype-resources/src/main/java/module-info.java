#set($spi = {
  "ssl-method": "ssl.SslMethodProvider",
  "backbone": "backbone.BackboneProvider",
  "universal-attack": "attack.AttackProvider",
  "sample-attack": "attack.AttackProvider",
  "dataset": "dataset.DatasetProvider",
  "defence": "defence.DefenceProvider",
  "fusion": "fusion.FusionProvider",
  "detector": "detector.DetectorProvider"
})
module ${package} {
  requires org.zepad.api;

  // The program reads the options.
  exports ${package};

  provides org.zepad.api.$spi.get($kind) with
      ${package}.${className};
}
