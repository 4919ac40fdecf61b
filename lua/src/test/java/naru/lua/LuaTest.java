package naru.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import naru.lua.library.Libraries;
import org.junit.jupiter.api.Test;

class LuaTest {
  private static final int DEPTH_MAX = 2500;

  private final Machine machine = new Machine(DEPTH_MAX);
  private int looks;

  LuaTest() {
    Libraries.open(machine);
  }

  private String run(String source) {
    machine.meter().begin(64 << 20, () -> ++looks > 300 ? "too long" : null);
    Object result = machine.run(Parser.parse(LuaString.of(source), "test"));
    StringBuilder text = new StringBuilder();
    for (Object value : Values.all(result)) {
      text.append(text.isEmpty() ? "" : " ").append(machine.display(value));
    }
    return text.toString();
  }

  private void fails(String source, String message) {
    assertThatThrownBy(() -> run(source)).isInstanceOf(LuaError.class).hasMessage(message);
  }

  private void ends(String source, String sentence) {
    looks = 0;
    assertThatThrownBy(() -> run(source)).isInstanceOf(Aborted.class).hasMessage(sentence);
  }

  @Test
  void valuesAndOperators() {
    assertThat(run("return 1 + 2 * 3 ^ 2, 7 % -3, 'a' .. 1 .. 2.5, #'abc'"))
        .isEqualTo("19 -2 a12.5 3");
    assertThat(run("return 1 < 2 and 'yes' or 'no', not nil, nil == false"))
        .isEqualTo("yes true false");
    assertThat(run("return '10' + 5, 0x10, 1e15, 123456789012345, 0.1, -0"))
        .isEqualTo("15 16 1e+15 1.2345678901234e+14 0.1 -0");
  }

  @Test
  void closuresShareTheirVariables() {
    assertThat(run("local n = 0 local function up() n = n + 1 return n end up() up() return n"))
        .isEqualTo("2");
    assertThat(
            run(
                "local f = {} for i = 1, 3 do f[i] = function() return i end end return f[1](),"
                    + " f[3]()"))
        .isEqualTo("1 3");
  }

  @Test
  void keysComeInTheOrderOfTheOriginal() {
    assertThat(
            run(
                "local s = '' for k in pairs({a = 1, b = 2, c = 3, d = 4, e = 5}) do s = s .. k end"
                    + " return s"))
        .isEqualTo("acbed");
    assertThat(run("local t = {} t[1] = 1 t[2] = 2 t[4] = 4 return #t")).isEqualTo("4");
  }

  @Test
  void tailCallsTakeNoRoom() {
    assertThat(
            run(
                "local function f(n) if n == 0 then return 'end' end return f(n - 1) end return"
                    + " f(100000)"))
        .isEqualTo("end");
  }

  @Test
  void errorsSayWhere() {
    fails("local x\nreturn x.y", "test:2: attempt to index local 'x' (a nil value)");
    fails("nosuch()", "test:1: attempt to call global 'nosuch' (a nil value)");
    fails("return 1 + {}", "test:1: attempt to perform arithmetic on a table value");
    fails("error('here')", "test:1: here");
    fails("string.rep()", "test:1: bad argument #1 to 'rep' (string expected, got no value)");
    fails("return (", "test:1: unexpected symbol near '<eof>'");
    fails("for i = 1 do end", "test:1: ',' expected near 'do'");
  }

  @Test
  void endlessLoopsEnd() {
    ends("while true do end", "too long");
    ends("repeat until false", "too long");
    ends("for i = 1, 1/0 do end", "too long");
    ends("local function f() return f() end f()", "too long");
    ends("while true do pcall(error) end", "too long");
    ends("return ('a'):rep(30000):find(('.-'):rep(40) .. 'b')", "too long");
  }

  @Test
  void whatTakesTooMuchRoomEnds() {
    ends("local s = 'x' while true do s = s .. s end", "not enough memory");
    ends("return ('x'):rep(1e9)", "not enough memory");
    ends("local t = {} while true do t[#t + 1] = {} end", "not enough memory");
    ends("local t = {} for i = 1, 1e9 do t['k' .. i] = i end", "not enough memory");
    ends(
        "local t = {('x'):rep(1e6)} for i = 1, 100 do t[i] = t[1] end return table.concat(t)",
        "not enough memory");
    ends("while true do pcall(string.rep, 'x', 1e7) end", "not enough memory");
  }

  @Test
  void deepRecursionIsAnError() {
    assertThat(run("local function f() return 1 + f() end return (pcall(f))")).isEqualTo("false");
    assertThat(run("local f f = function() return (pcall(f)) end return f()")).isNotEmpty();
    assertThat(
            run(
                "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return"
                    + " t[k] end return (pcall(function() return t.x end))"))
        .isEqualTo("false");
    assertThat(
            run(
                "local s = ('x'):rep(300) return (pcall(string.gsub, s, '.', function() local"
                    + " function g() return g() + 1 end return g() end))"))
        .isEqualTo("false");
    fails(
        "return " + "(".repeat(300) + "1" + ")".repeat(300),
        "test:1: chunk has too many syntax levels");
    fails("return 1" + "+1".repeat(5000), "test:1: chunk has too many syntax levels");
    assertThat(run("return pcall(string.find, 'x', ('(x?'):rep(300))")).startsWith("false");
  }

  @Test
  void jsonComesAndGoes() {
    assertThat(run("return cjson.encode({1, 'a', {b = true}, cjson.null})"))
        .isEqualTo("[1,\"a\",{\"b\":true},null]");
    assertThat(run("return cjson.encode(cjson.decode('[1.5,\"x\",[],{\"k\":null}]'))"))
        .isEqualTo("[1.5,\"x\",{},{\"k\":null}]");
    fails(
        "cjson.decode('[1')", "test:1: Expected comma or array end but found T_END at character 3");
  }

  @Test
  void bytesArePackedAndUnpacked() {
    assertThat(run("return cmsgpack.unpack(cmsgpack.pack(1, 'a', -70000, true))"))
        .isEqualTo("1 a -70000 true");
    assertThat(run("return struct.unpack('>i4s', struct.pack('>i4s', -5, 'abc'))"))
        .isEqualTo("-5 abc 9");
    assertThat(run("return bit.band(0xff, 0x0f), bit.tohex(255)")).isEqualTo("15 000000ff");
  }
}
