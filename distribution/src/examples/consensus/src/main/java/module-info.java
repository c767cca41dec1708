module com.example.consensus {
  requires org.zepad.api;
  requires com.google.guice;

  exports com.example.consensus;

  provides com.google.inject.Module with
      com.example.consensus.ConsensusModule;
}
