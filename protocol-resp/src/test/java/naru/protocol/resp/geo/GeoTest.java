package naru.protocol.resp.geo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import naru.protocol.resp.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeoTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void addTwoTowns() {
    bench.run("GEOADD g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania");
  }

  @AfterEach
  void replayGivesTheSameKeys() {
    bench.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "GEODIST g Palermo Catania; \"166274.1516\"",
        "GEODIST g Palermo Catania km; \"166.2742\"",
        "GEODIST g Palermo Rome; nil",
        "GEODIST g Palermo Catania cm;"
            + " -ERR unsupported unit provided. please use M, KM, FT, MI",
        "GEOHASH g Palermo none Catania; [\"sqc8b49rny0\", nil, \"sqdtr74hyu0\"]",
        "GEOPOS g Palermo none; [[\"13.36138933897018433\", \"38.11555639549629859\"], nil]",
        "ZSCORE g Palermo; \"3479099956230698\"",
        "GEORADIUS g 15 37 200 km ASC WITHDIST;"
            + " [[\"Catania\", \"56.4413\"], [\"Palermo\", \"190.4424\"]]",
        "GEORADIUS g 15 37 100 km WITHHASH; [[\"Catania\", :3479447370796909]]",
        "GEORADIUSBYMEMBER_RO g Palermo 10 m; [\"Palermo\"]",
        "GEOSEARCH g FROMLONLAT 15 37 BYBOX 400 400 km ASC COUNT 1; [\"Catania\"]",
        "GEOSEARCH g FROMMEMBER Palermo BYRADIUS 200 km DESC; [\"Catania\", \"Palermo\"]",
        "GEOSEARCH g FROMMEMBER Rome BYRADIUS 200 km;"
            + " -ERR could not decode requested zset member",
        "GEOSEARCH g FROMMEMBER Palermo ASC COUNT 1 ANY;"
            + " -ERR exactly one of BYRADIUS and BYBOX can be specified for GEOSEARCH",
        "GEOSEARCH g BYRADIUS 1 m ASC COUNT 1;"
            + " -ERR exactly one of FROMMEMBER or FROMLONLAT can be specified for GEOSEARCH",
        "GEOSEARCH none FROMMEMBER Palermo BYRADIUS 1 km; []",
        "GEORADIUS g 15 37 200 km STORE d WITHDIST;"
            + " -ERR STORE option in GEORADIUS is not compatible with WITHDIST, WITHHASH and"
            + " WITHCOORD options",
        "GEORADIUS_RO g 15 37 200 km STORE d; -ERR syntax error",
        "GEORADIUS g 15 37 200 km ANY; -ERR the ANY argument requires COUNT argument",
        "GEORADIUS g 15 37 200 km COUNT 0; -ERR COUNT must be > 0",
        "GEORADIUS g 15 37 -1 km; -ERR radius cannot be negative",
        "GEOADD g 181 0 a;" + " -ERR invalid longitude,latitude pair 181.000000,0.000000",
        "GEOADD g NX XX 1 1 a; -ERR syntax error",
        "GEOADD g 1 1 a 2; -ERR syntax error",
        "GEOADD g 13.361389 38.115556 Palermo; :0",
        "GEOADD g CH 1 1 Palermo 2 2 new; :2",
        "GEOADD g XX CH 1 1 Palermo 2 2 new; :1",
        "GEOADD g NX CH 1 1 Palermo 2 2 new; :1",
      })
  void repliesAreThoseOfRedis(String line, String reply) {
    assertThat(bench.run(line)).isEqualTo(reply);
  }

  @Test
  void coordinatesAreDoublesInTheNewProtocol() {
    assertThat(bench.connect3().run("GEOPOS g Palermo"))
        .isEqualTo("[[,13.36138933897018433, ,38.11555639549629859]]");
  }

  @Test
  void whatIsFoundCanBeStored() {
    assertThat(bench.run("GEORADIUS g 15 37 200 km STORE d")).isEqualTo(":2");
    assertThat(bench.run("GEOHASH d Palermo")).isEqualTo("[\"sqc8b49rny0\"]");
    assertThat(bench.run("GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 100 km STOREDIST"))
        .isEqualTo(":1");
    assertThat(bench.run("ZSCORE d Catania")).startsWith("\"56.4412578701");
    assertThat(bench.run("GEOSEARCHSTORE d g FROMLONLAT 0 0 BYRADIUS 1 km")).isEqualTo(":0");
    assertThat(bench.run("EXISTS d")).isEqualTo(":0");
  }

  @Test
  void eventsAreThoseOfRedis() {
    Bench.Connection listener = bench.connect();
    listener.run("CONFIG SET notify-keyspace-events KEA");
    listener.run("PSUBSCRIBE __keyevent@0__:*");
    Bench.Connection other = bench.connect();
    other.run("GEOADD g 1 1 new");
    assertThat(listener.receive()).contains("__keyevent@0__:zadd");
    other.run("GEORADIUS g 15 37 200 km STORE d");
    assertThat(listener.receive()).contains("__keyevent@0__:georadiusstore");
    other.run("GEOSEARCHSTORE d g FROMLONLAT 15 37 BYRADIUS 200 km");
    assertThat(listener.receive()).contains("__keyevent@0__:geosearchstore");
    other.run("GEOSEARCHSTORE d none FROMLONLAT 15 37 BYRADIUS 200 km");
    assertThat(listener.receive()).contains("__keyevent@0__:del");
  }

  @Test
  void aSearchFindsAllThatIsNear() {
    Random random = new Random(8);
    for (int i = 0; i < 1000; i++) {
      double longitude = random.nextDouble() * 360 - 180;
      double latitude = random.nextDouble() * 160 - 80;
      bench.run("GEOADD many " + longitude + " " + latitude + " m" + i);
    }
    for (int i = 0; i < 30; i++) {
      String center = "m" + random.nextInt(1000);
      int radiusKm = 1 + random.nextInt(2000);
      int near = 0;
      for (int j = 0; j < 1000; j++) {
        String distance = bench.run("GEODIST many " + center + " m" + j + " km");
        near += Double.parseDouble(distance.replace("\"", "")) <= radiusKm ? 1 : 0;
      }
      String stored = "GEOSEARCHSTORE d many FROMMEMBER " + center + " BYRADIUS ";
      assertThat(bench.run(stored + radiusKm + " km")).isEqualTo(":" + near);
    }
  }
}
