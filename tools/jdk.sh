# Finds a JDK for the scripts of this folder's parent. Sourced, never run; plain POSIX sh.
#
# After find_jdk, JAVA_HOME is a JDK of the wanted release or newer and jdk_version says which. It reads
# the file `release` that every JDK carries instead of asking `java -version`, which costs a process.

jdk_wanted=25

# jdk_at FOLDER: takes the folder if it is a JDK that is new enough.
jdk_at() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  jdk_version=
  while IFS='=' read -r jdk_key jdk_value; do
    if [ "$jdk_key" = JAVA_VERSION ]; then
      jdk_version=${jdk_value#\"}
      jdk_version=${jdk_version%\"*}
    fi
  done <"$1/release"
  jdk_major=${jdk_version%%[!0-9]*}
  [ "${jdk_major:-0}" -ge "$jdk_wanted" ] || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

# jdk_on_path: the JDK that the `java` of PATH belongs to, through any number of links.
jdk_on_path() {
  jdk_java=$(command -v java) || return 1
  jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || return 1
  jdk_at "${jdk_java%/bin/java}"
}

jdk_on_mac() {
  [ -x /usr/libexec/java_home ] || return 1
  jdk_home=$(/usr/libexec/java_home -v "$jdk_wanted+" 2>/dev/null) || return 1
  jdk_at "$jdk_home"
}

find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && jdk_at "$JAVA_HOME"; then return 0; fi
  if jdk_on_path; then return 0; fi
  for jdk_folder in /usr/lib/jvm/* /usr/lib64/jvm/* "${HOME:-}"/.sdkman/candidates/java/* \
    "${HOME:-}"/.jdks/* /opt/* /opt/java/* /usr/local/openjdk-* /opt/homebrew/opt/openjdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if jdk_at "$jdk_folder"; then return 0; fi
  done
  jdk_on_mac
}

# need_jdk: find_jdk, or one clear line and exit 2.
need_jdk() {
  find_jdk && return 0
  echo "naru: needs a JDK $jdk_wanted or newer and found none." \
    "Install one (Debian: apt-get install openjdk-$jdk_wanted-jdk; macOS: brew install openjdk;" \
    "anywhere: https://adoptium.net), or set JAVA_HOME." >&2
  exit 2
}
