package naru.compatibility.script;

import static org.assertj.core.api.Assumptions.assumeThat;

import naru.compatibility.Broker;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients that take the broker for a cluster of one node. A peer would have to be told its slots
/// first.
@Timeout(150)
final class ClusterScriptsTest {
  private static final String AREA = "cluster of one node";

  @RegisterExtension static final OneBroker shared = new OneBroker("--cluster-enabled", "yes");

  @BeforeEach
  void onlyNaruIsACluster() {
    assumeThat(Broker.isPeer()).isFalse();
  }

  @Test
  void ioredisFindsACluster() throws Exception {
    NodeTest.install();
    NodeTest.run(shared.broker(), Client.IOREDIS, AREA, "cluster");
  }

  @Test
  void redisPyFindsACluster() {
    RedisPyTest.run(shared.broker(), AREA, "test_cluster.py");
  }
}
