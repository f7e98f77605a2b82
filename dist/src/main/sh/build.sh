# shellcheck shell=sh
# Building the run image, and knowing when that is not needed. Needs say, fail, use, root, image.
# shellcheck disable=SC2154  # root and image are set by mhs, java_home by jdk.sh

stamp=$root/dist/target/mhs.sources

# sources: each file that the image is made of, with size and time of change. A file that is new, changed,
# renamed or gone changes this text.
sources() {
  (
    cd "$root" || exit
    set -- pom.xml .mvn mhs-api mhs-core mhs-server mhs-simulator mhs-demo mhs-source-* dist/pom.xml dist/src/main
    find "$@" \( -name target -o -path '*/src/test' -o -path dist/src/main/sh \) -prune \
      -o -type f ! -name '.*' ! -name '*~' -exec stat -c '%n %s %y' {} + | LC_ALL=C sort
  )
}

# is_built: whether the image is there and made of the sources as they are now. Sets now.
is_built() {
  now=$(sources)
  [ -f "$stamp" ] && [ -f "$image/mhs.jar" ] && [ "$now" = "$(cat "$stamp")" ]
}

ensure_built() {
  is_built || build_image
}

# find_maven: ends with exit code 1 and the remedy when there is no Maven that we can use.
find_maven() {
  is_maven_fit && return 0
  use packages
  install_maven "${maven:+$maven}"
  is_maven_fit || fail "Installed Maven, but still cannot use it (found: ${maven:-none})."
}

# is_maven_fit: whether there is a Maven of 3.8.6 or newer. Sets maven to its version, empty if none.
is_maven_fit() {
  maven=
  command -v mvn >/dev/null || return 1
  maven=$(mvn -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')
  [ "$(printf '%s\n' 3.8.6 "$maven" | sort -V | head -n 1)" = 3.8.6 ]
}

# find_build_tools: sets java_home to a JDK and exports it, and sees to Maven.
find_build_tools() {
  find_java build || no_java
  export JAVA_HOME="$java_home"
  find_maven
}

# build_image: one at a time in this clone; who waited finds it done. The server does not inherit the lock.
build_image() {
  find_build_tools
  mkdir -p "$root/dist/target"
  (
    flock 9
    if ! is_built; then build_image_alone; fi
  ) 9>"$root/dist/target/mhs.lock" || exit 1
}

build_image_alone() {
  say 'Building MHS (the first time this downloads its libraries and takes a minute or two, later some 20 s) ...'
  began=$(date +%s)
  # Whatever changes while the build runs is found changed the next time.
  before=$now
  forget_what_is_gone
  rm -f "$stamp"
  maven_quietly -pl dist -am package || fail 'The build failed; the lines above say why.'
  printf '%s\n' "$before" >"$stamp"
  say "Built in $(($(date +%s) - began)) s."
}

maven_quietly() {
  (cd "$root" && mvn -B -q -Dquick -Dmaven.test.skip "$@") >&2
}

# forget_what_is_gone: Maven leaves the class or resource of a removed source in target/classes.
forget_what_is_gone() {
  [ -f "$stamp" ] || return 0
  gone=$(sed 's/ [0-9]* [-0-9]* [:.0-9]* [-+0-9]*$//' "$stamp" | while IFS= read -r path; do
    [ -e "$root/$path" ] || printf '%s\n' "$path"
  done)
  [ -z "$gone" ] || rm -rf "$root"/*/target/classes
}
