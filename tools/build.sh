# Builds the distribution. Sourced by ../naru and ../x from the top folder, after tools/jdk.sh.

dist=broker/target/dist
build_log=target/build.log

# need_maven: sets maven, or one clear line and exit 2.
need_maven() {
  maven=$(command -v mvn) && return 0
  echo "naru: needs Maven 3.8 or newer to build itself" \
    "(Debian: apt-get install maven; macOS: brew install maven)." >&2
  exit 2
}

# dist_is_stale: true when there is none, or something that it is made of changed since. Folders count
# too, so that a deleted file is noticed. Without sources beside it the distribution is what it is.
dist_is_stale() {
  [ -d broker/src ] || return 1
  [ -f "$dist/built" ] || return 0
  [ -n "$(find pom.xml ./*/pom.xml ./*/src/main -newer "$dist/built" -print -quit 2>/dev/null)" ]
}

# build_dist: packs $dist, saying on stderr how far it is; the whole output is in $build_log.
build_dist() {
  need_maven
  mkdir -p target
  # What changes while the build runs must look newer than its result.
  : >target/build.started
  {
    build_status=0
    "$maven" -B -Dstyle.color=never -Dquick -Dmaven.test.skip=true -pl broker -am package 2>&1 ||
      build_status=$?
    echo "$build_status" >target/build.status
  } | tee "$build_log" | show_progress
  read -r build_status <target/build.status
  if [ "$build_status" != 0 ]; then
    grep -F '[ERROR]' "$build_log" | head -n 20 >&2
    echo "naru: the build failed; all it said is in $build_log" >&2
    return 1
  fi
  pack_dist
}

# show_progress: of all that Maven says, a line on stderr for each module that it begins.
show_progress() {
  while IFS= read -r build_line; do
    case $build_line in
      *'Building Naru: '*'['*) echo "naru: building ${build_line##*Naru: }" >&2 ;;
    esac
  done
}

# pack_dist: finishes a distribution that Maven has just packed.
pack_dist() {
  train_dist
  mv target/build.started "$dist/built"
}

# train_dist: a cache of loaded and linked classes for a faster start, made by the JDK that will use it.
# Whatever goes wrong here only costs the faster start. Nothing to do if nothing was packed since.
train_dist() {
  [ ! -f "$dist/naru.aot.jdk" ] || [ -n "$(find "$dist/lib" -newer "$dist/naru.aot.jdk" -print -quit)" ] ||
    return 0
  rm -f "$dist/naru.aot" "$dist/naru.aot.jdk"
  if training_run >target/training.log 2>&1 && [ -f "$dist/naru.aot" ]; then
    echo "$JAVA_HOME $jdk_version" >"$dist/naru.aot.jdk"
  else
    rm -f "$dist/naru.aot"
  fi
}

# training_run: a server on any free port, a client that tries a bit of everything, and SIGTERM.
# Absolute paths, since the cache remembers them.
training_run() {
  rm -rf target/training
  "$JAVA_HOME/bin/java" tools/Train.java \
    "$JAVA_HOME/bin/java" @"$dist/java.options" -XX:AOTCacheOutput="$dist/naru.aot" \
    -p "$PWD/$dist/lib" -cp "$PWD/$dist/lib/native/*" -m naru.broker/naru.broker.Main \
    server --dir target/training --resp-port auto --bind 127.0.0.1 \
    --kafka-port 0 --amqp-port 0 --memcached-port 0 --admin-port 0
  rm -rf target/training
}

# build_dist_once: build_dist, unless another process is at it already; then waits for that one.
build_dist_once() {
  mkdir -p target
  until mkdir target/build.lock 2>/dev/null; do
    build_owner=
    [ ! -r target/build.lock/pid ] || read -r build_owner <target/build.lock/pid || :
    if [ -n "$build_owner" ] && ! kill -0 "$build_owner" 2>/dev/null; then
      rm -rf target/build.lock
    else
      sleep 1
    fi
  done
  echo $$ >target/build.lock/pid
  trap 'rm -rf target/build.lock' EXIT
  trap 'exit 130' INT TERM HUP
  ! dist_is_stale || build_dist || exit 1
  rm -rf target/build.lock
  trap - EXIT INT TERM HUP
}
