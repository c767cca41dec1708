import org.zepad.attacks.advencoder.AdvEncoderPerProvider;
import org.zepad.attacks.layer.DispersionReductionProvider;
import org.zepad.attacks.layer.FastFeatureFoolProvider;
import org.zepad.attacks.layer.SspProvider;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdProvider;
import org.zepad.attacks.jacobian.SingularVectorsProvider;
import org.zepad.attacks.l4a.L4aBaseProvider;
import org.zepad.attacks.l4a.L4aFuseProvider;
import org.zepad.attacks.l4a.L4aUgsProvider;
import org.zepad.attacks.pseudotask.UapProvider;
import org.zepad.attacks.pseudotask.UapgdProvider;

/** ZePAD's own attacks, which see the api alone, exactly as a third party's do. */
module org.zepad.attacks {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.attacks.advencoder;
  exports org.zepad.attacks.layer;
  exports org.zepad.attacks.gradient;
  exports org.zepad.attacks.jacobian;
  exports org.zepad.attacks.l4a;
  exports org.zepad.attacks.pseudotask;

  provides org.zepad.api.attack.AttackProvider with
      AdvEncoderPerProvider,
      DispersionReductionProvider,
      FastFeatureFoolProvider,
      FgsmProvider,
      L4aBaseProvider,
      L4aFuseProvider,
      L4aUgsProvider,
      PgdProvider,
      SingularVectorsProvider,
      SspProvider,
      UapProvider,
      UapgdProvider;
}
