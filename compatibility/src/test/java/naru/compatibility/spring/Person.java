package naru.compatibility.spring;

import org.springframework.data.annotation.Id;
import org.springframework.data.geo.Point;
import org.springframework.data.redis.core.RedisHash;
import org.springframework.data.redis.core.TimeToLive;
import org.springframework.data.redis.core.index.GeoIndexed;
import org.springframework.data.redis.core.index.Indexed;

/// What the repository keeps.
@RedisHash("people")
public record Person(
    @Id String id, @Indexed String name, int age, @GeoIndexed Point home, @TimeToLive Long leftS) {}
