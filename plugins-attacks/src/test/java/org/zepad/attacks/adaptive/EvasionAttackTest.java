package org.zepad.attacks.adaptive;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.zepad.api.attack.SampleAttack;
import org.zepad.attacks.ascent.Rank;

class EvasionAttackTest {
  private static final double EPSILON = 0.06;

  private final DefenceBench bench = new DefenceBench();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void itMisleadsUnseenWhereTheAttackOnTheFusionIsFlagged() {
    DefenceBench.Count fusion = bench.count(bench.attack(fusion(), bench.defence));
    DefenceBench.Count evasion = bench.count(bench.attack(evasion(5), bench.defence));
    assertThat(fusion.wrong() - fusion.unseen()).as("flagged").isGreaterThan(10);
    assertThat(evasion.wrong()).isGreaterThanOrEqualTo(fusion.wrong());
    assertThat(evasion.unseen()).isGreaterThan(fusion.unseen() + 10);
  }

  @Test
  void moreSearchesLoseNothing() {
    int before = -1;
    for (int searches = 0; searches <= 4; searches += 2) {
      int unseen = bench.count(bench.attack(evasion(searches), bench.defence)).unseen();
      assertThat(unseen).isGreaterThanOrEqualTo(before);
      before = unseen;
    }
  }

  @Test
  void withoutThresholdItIsTheAttackOnTheFusion() {
    NDArray byFusion = bench.attack(fusion(), bench.open);
    assertThat(bench.attack(evasion(5), bench.open).toFloatArray())
        .isEqualTo(byFusion.toFloatArray());
  }

  @Test
  void whatIsWrongAndUnseenIsBestThenWhatIsHardlyFlaggedThenWhatIsHardlyRight() {
    List<Rank> ranks =
        Evasion.ranks(
            new float[] {3, 2, 5, 5, -1, -2}, new float[] {0.1f, 0.5f, 0.7f, 0.9f, 0, 9}, 0.5);
    for (int i = 0; i + 1 < ranks.size(); i++) {
      assertThat(ranks.get(i).beats(ranks.get(i + 1))).as("rank %d", i).isTrue();
      assertThat(ranks.get(i + 1).beats(ranks.get(i))).isFalse();
    }
    assertThat(ranks).extracting(Rank::tier).containsExactly(2, 2, 1, 1, 0, 0);
  }

  @Test
  void lambdaGrowsUntilItIsTooGreatAndIsThenHalvedInto() {
    LambdaSearch search = LambdaSearch.from(2);
    assertThat(search.lambda()).isEqualTo(2);
    search = search.after(true);
    assertThat(search.lambda()).isEqualTo(20);
    search = search.after(false);
    assertThat(search.lambda()).isEqualTo(11);
    search = search.after(true);
    assertThat(search).isEqualTo(new LambdaSearch(11, 20, 15.5));
    assertThat(LambdaSearch.from(2).after(false).lambda()).isEqualTo(1);
  }

  private static SampleAttack fusion() {
    return (SampleAttack)
        new AdaptiveFusionProvider().create(new AdaptiveOptions(EPSILON, EPSILON / 6, 20, true));
  }

  private static SampleAttack evasion(int searches) {
    return (SampleAttack)
        new AdaptiveEvasionProvider()
            .create(new EvasionOptions(EPSILON, EPSILON / 6, 20, true, searches, 1));
  }
}
