import org.zepad.attacks.advencoder.AdvEncoderPatProvider;
import org.zepad.attacks.advencoder.AdvEncoderPerProvider;
import org.zepad.attacks.gradient.FgsmProvider;
import org.zepad.attacks.gradient.PgdProvider;

/** ZePAD's own attacks, which see the api alone, exactly as a third party's do. */
module org.zepad.attacks {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.attacks.advencoder;
  exports org.zepad.attacks.gradient;

  provides org.zepad.api.attack.AttackProvider with
      AdvEncoderPatProvider,
      AdvEncoderPerProvider,
      FgsmProvider,
      PgdProvider;
}
