package naru.compatibility.spring;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import naru.compatibility.OneBroker;
import naru.compatibility.ran.Client;
import naru.compatibility.ran.Shows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.geo.Distance;
import org.springframework.data.geo.Metrics;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisKeyExpiredEvent;
import org.springframework.data.redis.core.RedisKeyValueAdapter.EnableKeyspaceEvents;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.repository.configuration.EnableRedisRepositories;

@Shows(value = Client.SPRING_DATA_REDIS, area = "repositories")
final class SpringRepositoriesTest {
  @RegisterExtension static final OneBroker shared = new OneBroker();

  private static final Point BERLIN = new Point(13.405, 52.52);
  private static final Point POTSDAM = new Point(13.06, 52.4);
  private static final Point MUNICH = new Point(11.58, 48.14);

  private final BlockingQueue<Object> expired = new LinkedBlockingQueue<>();
  private AnnotationConfigApplicationContext context;
  private People people;

  /// What a user of Spring without Spring Boot writes.
  @Configuration
  @EnableRedisRepositories(enableKeyspaceEvents = EnableKeyspaceEvents.ON_STARTUP)
  static class Settings {}

  @BeforeEach
  void open() {
    context = new AnnotationConfigApplicationContext();
    context.register(Settings.class);
    context.registerBean(LettuceConnectionFactory.class, () -> Springs.connect(shared.port()));
    context.registerBean(
        "redisTemplate",
        StringRedisTemplate.class,
        () -> new StringRedisTemplate(context.getBean(RedisConnectionFactory.class)));
    context.addApplicationListener(
        (ApplicationListener<RedisKeyExpiredEvent<?>>) event -> expired.add(event.getValue()));
    context.refresh();
    people = context.getBean(People.class);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @Test
  void whatIsSavedIsFoundByItsIdItsNameAndItsPlace() {
    Person anna = people.save(new Person(null, "anna", 40, BERLIN, null));
    people.save(new Person("2", "berta", 30, POTSDAM, null));
    people.save(new Person("3", "anna", 20, MUNICH, null));
    assertThat(anna.id()).isNotNull();
    assertThat(people.findById("2")).map(Person::name).contains("berta");
    assertThat(people.findByName("anna")).extracting(Person::age).containsExactlyInAnyOrder(40, 20);
    assertThat(people.findByHomeNear(BERLIN, new Distance(60, Metrics.KILOMETERS)))
        .extracting(Person::name)
        .containsExactlyInAnyOrder("anna", "berta");
    assertThat(people.count()).isEqualTo(3);
  }

  @Test
  void anIndexFollowsWhatIsChangedAndDeleted() {
    people.save(new Person("1", "anna", 40, BERLIN, null));
    people.save(new Person("1", "carla", 41, MUNICH, null));
    assertThat(people.findByName("anna")).isEmpty();
    assertThat(people.findByName("carla")).extracting(Person::age).containsExactly(41);
    people.deleteById("1");
    assertThat(people.findByName("carla")).isEmpty();
    assertThat(people.findAll()).isEqualTo(List.of());
    assertThat(context.getBean(StringRedisTemplate.class).keys("people*")).isEmpty();
  }

  @Test
  void whatExpiresIsTold() throws Exception {
    people.save(new Person("1", "anna", 40, BERLIN, 1L));
    assertThat(expired.poll(20, SECONDS))
        .isInstanceOfSatisfying(
            Person.class, person -> assertThat(person.name()).isEqualTo("anna"));
    assertThat(people.findByName("anna")).isEmpty();
  }
}
