module com.example.idx {
  requires org.zepad.api;

  exports com.example.idx;

  provides org.zepad.api.dataset.DatasetProvider with
      com.example.idx.Idx;
}
