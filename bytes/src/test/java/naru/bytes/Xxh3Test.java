package naru.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Xxh3Test {
  @Test
  void agreesWithTheExampleOfTheDigestCommand() {
    assertThat(Xxh3.of(Bytes.of("Hello world"))).isEqualTo(0xb6acb9d84a38ff74L);
  }

  /// Of the bytes 0, 1, 2 … taken modulo 251, as the reference implementation has it.
  @ParameterizedTest
  @CsvSource({
    "0, 2d06800538d394c2",
    "1, c44bdff4074eecdb",
    "2, d6645fc3051a9457",
    "3, 5f4299fc161c9cbb",
    "4, 60dab036a58211f2",
    "7, cd2084a62406b69",
    "8, 3a1c2d7c85af88f8",
    "9, e9612598145bb9dc",
    "16, 8355e3a6f61770db",
    "17, 9ef341a99de37328",
    "31, 4f36db8e4df378fd",
    "32, 3523581fe96e4c05",
    "33, e68c56ba88991e58",
    "64, 6187eb9089b0ed55",
    "65, 6928c76ce90422d0",
    "96, 278a3e12ea046dfb",
    "97, e7220282dc4e14f4",
    "128, 85c6174c7ff4c46b",
    "129, ec7642b431ba3e5a",
    "144, 28e1e35ff4c0a01",
    "160, 5bea9075ec9401b8",
    "239, 972b14e3c46f214b",
    "240, 375a384d957fe865",
    "241, 2e8cd95421c6d02",
    "255, 74191baf9c49567",
    "256, 44f5d90dacde463a",
    "320, 8a1836a6cc02f09e",
    "1023, d3d91d80ac495685",
    "1024, e5d78bafa45b2aa5",
    "1025, e95c42288f28186e",
    "1088, 1a848d807034c403",
    "2048, 25339063db861586",
    "2049, 6c9600c0e506e2ae",
    "5000, b418500fc42320ee",
    "100003, acf33ba3cf61e369"
  })
  void agreesWithTheReferenceForEveryWayOfMixing(int length, String expected) {
    byte[] text = new byte[length + 3];
    for (int i = 0; i < length; i++) {
      text[i + 2] = (byte) (i % 251);
    }
    assertThat(Long.toHexString(Xxh3.of(Bytes.of(text, 2, length)))).isEqualTo(expected);
  }
}
