import org.zepad.attacks.adaptive.AdaptiveBranchesProvider;
import org.zepad.attacks.adaptive.AdaptiveEvasionProvider;
import org.zepad.attacks.adaptive.AdaptiveFusionProvider;
import org.zepad.attacks.adaptive.AdaptiveHijackProvider;
import org.zepad.attacks.advencoder.AdvEncoderPatProvider;
import org.zepad.attacks.advencoder.AdvEncoderPerProvider;
import org.zepad.attacks.feature.EmbedAttackProvider;
import org.zepad.attacks.gradient.ApgdProvider;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdProvider;
import org.zepad.attacks.jacobian.SingularVectorsProvider;
import org.zepad.attacks.l4a.L4aBaseProvider;
import org.zepad.attacks.l4a.L4aFuseProvider;
import org.zepad.attacks.l4a.L4aUgsProvider;
import org.zepad.attacks.layer.DispersionReductionProvider;
import org.zepad.attacks.layer.FastFeatureFoolProvider;
import org.zepad.attacks.layer.SspProvider;
import org.zepad.attacks.noise.PatchNoiseProvider;
import org.zepad.attacks.noise.SignNoiseProvider;
import org.zepad.attacks.noise.UniformNoiseProvider;
import org.zepad.attacks.pseudotask.UapProvider;
import org.zepad.attacks.pseudotask.UapgdProvider;
import org.zepad.attacks.query.SquareProvider;

/** ZePAD's own attacks, which see the api alone, exactly as a third party's do. */
module org.zepad.attacks {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.attacks.adaptive;
  exports org.zepad.attacks.advencoder;
  exports org.zepad.attacks.feature;
  exports org.zepad.attacks.gradient;
  exports org.zepad.attacks.jacobian;
  exports org.zepad.attacks.l4a;
  exports org.zepad.attacks.layer;
  exports org.zepad.attacks.noise;
  exports org.zepad.attacks.pseudotask;
  exports org.zepad.attacks.query;

  provides org.zepad.api.attack.AttackProvider with
      AdaptiveBranchesProvider,
      AdaptiveEvasionProvider,
      AdaptiveFusionProvider,
      AdaptiveHijackProvider,
      AdvEncoderPatProvider,
      AdvEncoderPerProvider,
      ApgdProvider,
      DispersionReductionProvider,
      EmbedAttackProvider,
      FastFeatureFoolProvider,
      FgsmProvider,
      L4aBaseProvider,
      L4aFuseProvider,
      L4aUgsProvider,
      PatchNoiseProvider,
      PgdProvider,
      SignNoiseProvider,
      SingularVectorsProvider,
      SquareProvider,
      SspProvider,
      UapgdProvider,
      UapProvider,
      UniformNoiseProvider;
}
