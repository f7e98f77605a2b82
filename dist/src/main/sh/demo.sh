# shellcheck shell=sh
# MHS with a household that is played: no router, nothing of the user's settings or data, nothing sent anywhere but to
# this machine itself. Needs say, fail, usage, image, java_home, archive.
# shellcheck disable=SC2154,SC2034  # set by mhs: image, java_home, archive; read by it: build

# read_demo_options OPTION...: sets fasttrack, and build: whether what changed is built first.
read_demo_options() {
  fasttrack=explain
  build=true
  for option in "$@"; do
    case $option in
      --exempt) fasttrack=exempt ;;
      --no-build) build=false ;;
      *) usage "demo takes no arguments but --exempt and --no-build, not \"$option\"." ;;
    esac
  done
}

start_demo() {
  stage=$(mktemp -d) || fail 'There is no room for the demo in the temporary folder.'
  play_household
  await_household
  become_demo
}

# play_household: it stays for as long as this process, which becomes MHS, and then removes the stage.
play_household() {
  say 'Playing the last 24 hours of a household ...'
  # Without standard input: what is typed is not for it. A signal from the keyboard is for MHS, which it follows.
  "$java_home/bin/java" -XX:+UseSerialGC -Xmx96m -Xss512k -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \
    -Xlog:disable -Xlog:all=error:stderr -cp "$(demo_jars)" dev.mhs.demo.StandIn "$stage" $$ </dev/null &
  household=$!
}

# demo_jars: the jars of the demo and those of MHS, by name, since a wildcard gives no order.
demo_jars() {
  find "$image/demo" "$image/lib" -name '*.jar' | LC_ALL=C sort | paste -s -d : -
}

await_household() {
  trap 'kill "$household"; rm -rf "$stage"; exit 130' INT TERM
  until [ -f "$stage/settings" ]; do
    if ! kill -0 "$household" 2>/dev/null; then
      rm -rf "$stage"
      fail 'The household could not be played; the lines above say why.'
    fi
    sleep 0.1
  done
  trap - INT TERM
}

# become_demo: becomes MHS, with no setting but these.
become_demo() {
  : >"$stage/mhs.yaml"
  cd "$stage" || exit
  prepare_start
  set -- PATH="$PATH" MALLOC_ARENA_MAX="$MALLOC_ARENA_MAX" LANG="${LANG-C}" ${TZ:+"TZ=$TZ"} APP_HOST=127.0.0.1 APP_PORT="$(demo_port)" \
    MHS_CONFIG="$stage/mhs.yaml" MHS_DATA_DIR="$stage/data" MHS_PLUGINS_DIR="$stage/plugins" \
    MHS_LOCAL_SCAN=passive MHS_LOCAL_COUNTING=off "MHS_LIMITS_FASTTRACK=$fasttrack"
  while IFS= read -r setting; do set -- "$@" "$setting"; done <"$stage/settings"
  exec env -i "$@" "$java_home/bin/java" "@$image/jvm.options" "$sharing" "$library" -Xlog:disable -Xlog:all=error:stderr \
    -jar "$image/mhs.jar"
}

# demo_port: the one that was asked for, else the usual one, else any: MHS itself may be running.
demo_port() {
  if [ -n "${APP_PORT-}" ]; then
    echo "$APP_PORT"
  elif awk '$4 == "0A" && $2 ~ ":1F40$" { found = 1 } END { exit !found }' /proc/net/tcp /proc/net/tcp6 2>/dev/null; then
    echo 0
  else
    echo 8000
  fi
}
