# shellcheck shell=sh
# The class-data archive (JEP 350), from which the JVM takes classes ready made: a start of MHS takes about half the
# CPU time. It fits one JVM and the very jars that it was made from. The JVM ignores one that does not fit, so all
# that a stale one can cost is time; -XX:+AutoCreateSharedArchive would not renew it when a jar has changed.
# Needs say, image, java_home; what is of a clone also root, version. An installer that is root sets runner, the words that
# start a program as a user without rights, and trainee, that user's name.
# shellcheck disable=SC2154  # root and image are set by mhs, java_home and version by jdk.sh

# prepare_start: sets sharing and library, options of the JVM for the archive and for SQLite's library beside it, and what
# its memory asks of the environment.
# shellcheck disable=SC2034  # they are read by who starts
prepare_start() {
  name_library
  if [ -s "$archive" ]; then sharing=-XX:SharedArchiveFile=$archive; else sharing=-Xshare:auto; fi
  # glibc gives threads heaps of their own, of which each keeps what it has no use for: with one it is some 1.5 MB less.
  export MALLOC_ARENA_MAX="${MALLOC_ARENA_MAX-1}"
}

# name_library: sets library, the option that says where SQLite's library for this machine lies: beside the archive, in a
# folder named after its jar, so that no other version is ever taken. Where it is not there, SQLite unpacks the one in the jar
# into the temporary folder at each start, which takes time and fails where nothing may be run from there.
name_library() {
  for jar in "$image"/lib/sqlite-jdbc-*.jar; do
    jar=${jar##*/}
    library=-Dorg.sqlite.lib.path=${archive%/*}/${jar%.jar}
  done
}

# ensure_archive: sets archive; makes it if it is missing or older than the image. An empty one says that this
# failed, so that it is not tried at each start.
ensure_archive() {
  name_archive
  if [ -e "$archive" ] && [ -n "$(find "$archive" -newer "$image/mhs.jar")" ]; then return 0; fi
  [ -w "$root/dist/target" ] || return 0
  say 'Preparing a faster start (once for each build) ...'
  rm -f "$root"/dist/target/mhs-*.jsa*
  if ! train; then
    say 'That failed: MHS works as well without, it starts a little slower.'
    : >"$archive"
  fi
}

name_archive() {
  read_major "$java_home"
  archive=$root/dist/target/mhs-$version.jsa
}

# train: one short run of the server, on a port of its own on loopback, without any configuration of the user's,
# sending nothing to any network. Keeps the archive, and the library of SQLite if that had to be unpacked.
train() {
  name_library
  workplace=$(mktemp -d) || return 1
  touch "$workplace/mhs.yaml" "$workplace/log"
  [ -z "${trainee-}" ] || chown -R "$trainee" "$workplace"
  start_for_training &
  server=$!
  trap 'kill "$server"; rm -rf "$workplace"; exit 130' INT TERM
  served=false
  if await_address "$workplace/log" "$server"; then
    served=true
    fetch "$(address_in "$workplace/log")"
    await_history "$workplace/data/mhs.db" "$server"
    keep_library
  else
    tail -n 5 "$workplace/log" >&2
  fi
  kill "$server" 2>/dev/null || :
  wait "$server" 2>/dev/null || :
  trap - INT TERM
  # Whole or not at all: the JVM writes it when it ends.
  if $served && [ -s "$workplace/mhs.jsa" ] && cp "$workplace/mhs.jsa" "$archive.new"; then
    chmod 644 "$archive.new"
    mv "$archive.new" "$archive"
  else
    served=false
  fi
  rm -rf "$workplace"
  $served
}

# keep_library: the unpacked one goes when the server ends.
keep_library() {
  for unpacked in "$workplace"/sqlite-*-libsqlitejdbc.so; do
    [ -f "$unpacked" ] || return 0
    folder=${library#*=}
    rm -rf "${archive%/*}"/sqlite-jdbc-*
    mkdir "$folder" && cp "$unpacked" "$folder/libsqlitejdbc.so" && chmod 755 "$folder" "$folder/libsqlitejdbc.so"
  done
}

start_for_training() {
  cd "$workplace" || exit
  # shellcheck disable=SC2086  # the runner is several words
  exec ${runner-} env -i PATH="$PATH" LANG="${LANG-C}" MHS_CONFIG="$workplace/mhs.yaml" MHS_DATA_DIR="$workplace/data" \
    MHS_PLUGINS_DIR="$workplace/plugins" MHS_SERVER_HOST=127.0.0.1 MHS_SERVER_PORT=0 MHS_LOCAL_SCAN=passive \
    "$java_home/bin/java" "@$image/jvm.options" "-XX:ArchiveClassesAtExit=$workplace/mhs.jsa" -Xlog:disable \
    "$library" "-Djava.io.tmpdir=$workplace" -jar "$image/mhs.jar" >"$workplace/log" 2>&1
}

address_in() {
  sed -n 's/^MHS is at \(http[^ ]*\).*/\1/p' "$1"
}

# await_address LOG PID: waits up to 20 s until the server says where it is.
await_address() {
  tries=200
  until [ -n "$(address_in "$1")" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] && kill -0 "$2" 2>/dev/null || return 1
    sleep 0.1
  done
}

# await_history FILE PID: the history is opened beside the page's first answers, if it can be; waits up to 5 s.
await_history() {
  tries=50
  until [ -s "$1" ]; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] && kill -0 "$2" 2>/dev/null || return 0
    sleep 0.1
  done
}

# fetch ADDRESS: asks for what a browser asks for first, if there is a program that can.
fetch() {
  for path in / /api/devices /api/sources; do
    if command -v curl >/dev/null; then
      curl -s -m 5 -o /dev/null "$1$path" || :
    elif command -v wget >/dev/null; then
      wget -q -T 5 -O /dev/null "$1$path" || :
    fi
  done
}
