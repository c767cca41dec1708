import org.zepad.attacks.advencoder.AdvEncoderPatProvider;
import org.zepad.attacks.advencoder.AdvEncoderPerProvider;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdProvider;
import org.zepad.attacks.noise.PatchNoiseProvider;
import org.zepad.attacks.noise.SignNoiseProvider;
import org.zepad.attacks.noise.UniformNoiseProvider;

/** ZePAD's own attacks, which see the api alone, exactly as a third party's do. */
module org.zepad.attacks {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.attacks.advencoder;
  exports org.zepad.attacks.gradient;
  exports org.zepad.attacks.noise;

  provides org.zepad.api.attack.AttackProvider with
      AdvEncoderPatProvider,
      AdvEncoderPerProvider,
      FgsmProvider,
      PatchNoiseProvider,
      PgdProvider,
      SignNoiseProvider,
      UniformNoiseProvider;
}
