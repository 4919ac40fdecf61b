package naru.lua.library;

import static naru.lua.library.Libraries.add;

import java.util.function.DoubleUnaryOperator;
import naru.lua.Arguments;
import naru.lua.LuaString;
import naru.lua.LuaTable;
import naru.lua.Machine;
import naru.lua.Values;
import org.jspecify.annotations.Nullable;

/// `math`. Chance is Redis' own generator, which goes on from run to run.
public final class MathLibrary {
  private static final double RANDOM_MAX = Integer.MAX_VALUE;
  private static final double MINUS_NAN = Double.longBitsToDouble(0xfff8000000000000L);

  private long random = state(0);

  private MathLibrary() {}

  static void open(Machine machine) {
    LuaTable library = Libraries.library(machine, "math");
    unary(library, "abs", Math::abs);
    add(library, "acos", in -> plain(Math.acos(in.number(0))));
    add(library, "asin", in -> plain(Math.asin(in.number(0))));
    unary(library, "atan", Math::atan);
    add(library, "atan2", in -> Math.atan2(in.number(0), in.number(1)));
    unary(library, "ceil", Math::ceil);
    unary(library, "cos", Math::cos);
    unary(library, "cosh", Math::cosh);
    unary(library, "deg", x -> x / (Math.PI / 180));
    unary(library, "exp", Math::exp);
    unary(library, "floor", Math::floor);
    add(library, "fmod", MathLibrary::remainder);
    add(library, "mod", MathLibrary::remainder);
    add(library, "frexp", MathLibrary::split);
    add(library, "ldexp", in -> scale(in.number(0), in.smallInteger(1)));
    unary(library, "log", Math::log);
    unary(library, "log10", Math::log10);
    add(library, "max", MathLibrary::greatest);
    add(library, "min", MathLibrary::least);
    add(library, "modf", MathLibrary::parts);
    add(library, "pow", in -> Math.pow(in.number(0), in.number(1)));
    unary(library, "rad", x -> x * (Math.PI / 180));
    unary(library, "sin", Math::sin);
    unary(library, "sinh", Math::sinh);
    unary(library, "sqrt", Math::sqrt);
    unary(library, "tan", Math::tan);
    unary(library, "tanh", Math::tanh);
    library.set(LuaString.of("pi"), Math.PI);
    library.set(LuaString.of("huge"), Double.POSITIVE_INFINITY);
    MathLibrary chance = new MathLibrary();
    add(library, "random", chance::random);
    add(library, "randomseed", chance::seed);
  }

  private static void unary(LuaTable library, String name, DoubleUnaryOperator function) {
    add(
        library,
        name,
        in -> {
          double x = in.number(0);
          double result = function.applyAsDouble(x);
          return Double.isNaN(result) && !Double.isNaN(x) ? MINUS_NAN : result;
        });
  }

  private static Double plain(double result) {
    return Double.isNaN(result) ? Double.NaN : result;
  }

  private static @Nullable Object remainder(Arguments in) {
    double a = in.number(0);
    double b = in.number(1);
    double result = a % b;
    return Double.isNaN(result) && !Double.isNaN(a) && !Double.isNaN(b) ? MINUS_NAN : result;
  }

  private static double scale(double value, int exponent) {
    int within = Math.clamp(exponent, -2200, 2200);
    int half = within / 2;
    return Math.scalb(Math.scalb(value, half), within - half);
  }

  private static @Nullable Object split(Arguments in) {
    double value = in.number(0);
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return Values.of(value, 0.0);
    }
    double normal = value;
    int shift = 0;
    if (Math.abs(value) < Double.MIN_NORMAL) {
      normal = value * 0x1p54;
      shift = -54;
    }
    int exponent = Math.getExponent(normal) + 1;
    return Values.of(Math.scalb(normal, -exponent), (double) (exponent + shift));
  }

  private static @Nullable Object parts(Arguments in) {
    double value = in.number(0);
    if (Double.isInfinite(value)) {
      return Values.of(value, Math.copySign(0.0, value));
    }
    double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
    return Values.of(whole, Math.copySign(value - whole, value));
  }

  private static @Nullable Object greatest(Arguments in) {
    double most = in.number(0);
    for (int i = 1; i < in.count(); i++) {
      double candidate = in.number(i);
      most = candidate > most ? candidate : most;
    }
    return most;
  }

  private static @Nullable Object least(Arguments in) {
    double least = in.number(0);
    for (int i = 1; i < in.count(); i++) {
      double candidate = in.number(i);
      least = candidate < least ? candidate : least;
    }
    return least;
  }

  private static long state(int seed) {
    return ((seed & 0xffffffffL) << 16) | 0x330e;
  }

  /// https://en.wikipedia.org/wiki/Linear_congruential_generator, as in `drand48`.
  private double draw() {
    random = (random * 0x5deece66dL + 0xb) & 0xffff_ffff_ffffL;
    return (int) (random >>> 17) % RANDOM_MAX / RANDOM_MAX;
  }

  private @Nullable Object seed(Arguments in) {
    random = state(in.smallInteger(0));
    return Values.NONE;
  }

  private @Nullable Object random(Arguments in) {
    double drawn = draw();
    return switch (in.count()) {
      case 0 -> drawn;
      case 1 -> {
        int most = in.smallInteger(0);
        if (most < 1) {
          throw in.bad(0, "interval is empty");
        }
        yield Math.floor(drawn * most) + 1;
      }
      case 2 -> {
        int least = in.smallInteger(0);
        int most = in.smallInteger(1);
        if (least > most) {
          throw in.bad(1, "interval is empty");
        }
        yield Math.floor(drawn * (most - least + 1)) + least;
      }
      default -> throw in.error("wrong number of arguments");
    };
  }
}
