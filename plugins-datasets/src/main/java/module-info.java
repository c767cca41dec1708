/** ZePAD's own datasets, which see the api alone, exactly as a third party's do. */
module org.zepad.datasets {
  requires org.zepad.api;
  requires java.desktop;
  requires static org.jspecify;

  exports org.zepad.datasets.animals10;
  exports org.zepad.datasets.cifar10;
  exports org.zepad.datasets.gtsrb;
  exports org.zepad.datasets.imagefolder;
  exports org.zepad.datasets.imagenet20;
  exports org.zepad.datasets.manifest;
  exports org.zepad.datasets.shapes;
  exports org.zepad.datasets.stl10;
  exports org.zepad.datasets.svhn;

  provides org.zepad.api.dataset.DatasetProvider with
      org.zepad.datasets.animals10.Animals10,
      org.zepad.datasets.cifar10.Cifar10,
      org.zepad.datasets.gtsrb.Gtsrb,
      org.zepad.datasets.imagefolder.ImageFolder,
      org.zepad.datasets.imagenet20.Imagenet20,
      org.zepad.datasets.manifest.Manifest,
      org.zepad.datasets.shapes.Shapes,
      org.zepad.datasets.stl10.Stl10,
      org.zepad.datasets.svhn.Svhn;
}
