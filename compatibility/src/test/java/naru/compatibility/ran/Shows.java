package naru.compatibility.ran;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/// What the tests of this class show of a client goes into the tables of docs/compatibility.md.
@ExtendWith(Shows.Noting.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Shows {
  Client value();

  /// Of the client's abilities: `locks`.
  String area();

  /// Notes each test that passes.
  final class Noting implements TestWatcher {
    @Override
    public void testSuccessful(ExtensionContext context) {
      Shows shows = context.getRequiredTestClass().getAnnotation(Shows.class);
      Ran.method(shows.value(), shows.area(), context.getRequiredTestMethod().getName());
    }
  }
}
