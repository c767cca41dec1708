import org.zepad.encoders.backbone.ResNet18Provider;
import org.zepad.encoders.backbone.ResNet34Provider;
import org.zepad.encoders.backbone.ResNet50Provider;
import org.zepad.encoders.backbone.VitSmallProvider;
import org.zepad.encoders.backbone.VitTinyProvider;
import org.zepad.encoders.ssl.BarlowTwinsProvider;
import org.zepad.encoders.ssl.ByolProvider;
import org.zepad.encoders.ssl.DeepClusterV2Provider;
import org.zepad.encoders.ssl.DinoProvider;
import org.zepad.encoders.ssl.MocoV2PlusProvider;
import org.zepad.encoders.ssl.MocoV3Provider;
import org.zepad.encoders.ssl.NnclrProvider;
import org.zepad.encoders.ssl.ResslProvider;
import org.zepad.encoders.ssl.SimclrProvider;
import org.zepad.encoders.ssl.SimsiamProvider;
import org.zepad.encoders.ssl.SupconProvider;
import org.zepad.encoders.ssl.SwavProvider;
import org.zepad.encoders.ssl.VibcregProvider;
import org.zepad.encoders.ssl.VicregProvider;
import org.zepad.encoders.ssl.WmseProvider;

/** ZePAD's own encoders, which see the api alone, exactly as a third party's do. */
module org.zepad.encoders {
  requires org.zepad.api;
  requires static org.jspecify;

  exports org.zepad.encoders.backbone;
  exports org.zepad.encoders.ssl;

  provides org.zepad.api.backbone.BackboneProvider with
      ResNet18Provider,
      ResNet34Provider,
      ResNet50Provider,
      VitSmallProvider,
      VitTinyProvider;
  provides org.zepad.api.ssl.SslMethodProvider with
      BarlowTwinsProvider,
      ByolProvider,
      DeepClusterV2Provider,
      DinoProvider,
      MocoV2PlusProvider,
      MocoV3Provider,
      NnclrProvider,
      ResslProvider,
      SimclrProvider,
      SimsiamProvider,
      SupconProvider,
      SwavProvider,
      VibcregProvider,
      VicregProvider,
      WmseProvider;
}
