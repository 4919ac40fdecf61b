package naru.compatibility;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/// The test uses grammar that the redis-server at hand, 7.0, does not have yet.
@Tag("newer-grammar")
@DisabledIfSystemProperty(
    named = "naru.peer",
    matches = "redis",
    disabledReason = "redis-server 7.0 does not know this grammar yet")
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
public @interface NewerThanRedis7 {}
