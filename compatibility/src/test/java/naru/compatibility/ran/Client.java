package naru.compatibility.ran;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import naru.compatibility.Repository;
import org.redisson.Redisson;
import org.springframework.data.redis.core.RedisTemplate;
import redis.clients.jedis.Jedis;

/// A client or framework that runs unmodified, under its own name, with the version that is here.
public enum Client {
  BULLMQ("BullMQ", () -> ofNode("bullmq")),
  CELERY("Celery", () -> ofPython("celery")),
  IOREDIS("ioredis", () -> ofNode("ioredis")),
  JEDIS("Jedis", () -> ofJar(Jedis.class)),
  LETTUCE("Lettuce", () -> ofJar(RedisClient.class)),
  NODE_REDIS("node-redis", () -> ofNode("redis")),
  REDIS_PY("redis-py", () -> ofPython("redis")),
  REDISSON("Redisson", () -> ofJar(Redisson.class)),
  RQ("RQ", () -> ofPython("rq")),
  SIDEKIQ("Sidekiq", () -> said("ruby", "-rsidekiq", "-e", "puts Sidekiq::VERSION")),
  SPRING_DATA_REDIS("Spring Data Redis", () -> ofJar(RedisTemplate.class));

  private static final Pattern IN_FILE_NAME = Pattern.compile("-(\\d[^/]*)\\.jar");
  private static final Pattern IN_PACKAGE = Pattern.compile("\"version\": *\"([^\"]+)\"");

  private final String itsName;
  private final Supplier<String> version;

  Client(String itsName, Supplier<String> version) {
    this.itsName = itsName;
    this.version = version;
  }

  String itsName() {
    return itsName;
  }

  String version() {
    return version.get();
  }

  private static String ofJar(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return firstGroup(IN_FILE_NAME, jar);
  }

  private static String ofNode(String name) {
    Path modules = Repository.tests().resolve("node/node_modules");
    try {
      return firstGroup(IN_PACKAGE, Files.readString(modules.resolve(name + "/package.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String ofPython(String name) {
    String code = "import %s; print(%s.__version__)".formatted(name, name);
    return said(
        Files.exists(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3", "-c", code);
  }

  private static String said(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).start();
      return new String(process.getInputStream().readAllBytes()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String firstGroup(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("no version in " + text);
    }
    return matcher.group(1);
  }
}
