# shellcheck shell=sh
# The machine, and the release that is to be put on it. Needs install-common.sh.
# shellcheck disable=SC2154  # here, archive_file are set by install.sh, places by install-common.sh

check_machine() {
  [ "$(uname -s)" = Linux ] || fail 'MHS runs on Linux.'
  command -v systemctl >/dev/null || fail 'This machine has no systemd: unpack a release archive and let your own service manager run "bin/mhs run".'
  for program in useradd setpriv tar gzip sha256sum; do
    command -v "$program" >/dev/null || fail "There is no $program here, which installing needs; Debian has it in passwd, util-linux, tar, gzip or coreutils."
  done
  refuse_package
  mkdir -p "$place"
  free=$(df -Pk "$place" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge 400000 ] || fail "There are only $((free / 1024)) MB free for $place; MHS needs 400."
  memory=$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)
  [ "${memory:-200}" -ge 200 ] || say "Only $memory MB of memory are free; MHS needs some 120."
  for program in ip:iproute2:'which neighbors answered lately, and IPv6 ones' nft:nftables:'what devices exchange with the internet, where that passes here'; do
    name=${program%%:*} rest=${program#*:}
    command -v "$name" >/dev/null || say "There is no $name here: without it MHS does not see ${rest#*:} (on Debian: apt install ${rest%%:*})."
  done
}

# find_release: sets release to the folder of an unpacked release.
find_release() {
  if [ -z "$archive_file" ] && [ -f "$here/mhs.jar" ]; then
    release=$here
    return
  fi
  # Where it is going to be: there is room, and a temporary folder may be small.
  workplace=$(mktemp -d "$place/unpacked.XXXXXX")
  if [ -z "$archive_file" ]; then
    build_archive
  else
    [ -f "$archive_file" ] || fail "There is no archive $archive_file."
    check_sum
  fi
  tar -xzf "$archive_file" --no-same-owner -C "$workplace" || fail "$archive_file is no release archive that can be unpacked."
  release=$(find "$workplace" -mindepth 1 -maxdepth 1 -type d | head -n 1)
  for part in mhs.jar VERSION bin/mhs systemd/mhs.service; do
    [ -f "$release/$part" ] || fail "$archive_file is no release archive of MHS: it has no $part."
  done
}

# check_sum: where the sums of the release lie beside the archive, it must be among them.
check_sum() {
  sums=$(dirname -- "$archive_file")/SHA256SUMS
  [ -f "$sums" ] || return 0
  wanted=$(awk -v name="$(basename -- "$archive_file")" '$2 == name || $2 == "*" name { print $1 }' "$sums")
  is=$(sha256sum <"$archive_file" | cut -d ' ' -f 1)
  [ "$is" = "$wanted" ] || fail "$archive_file is not what SHA256SUMS says: ${wanted:-nothing}, but it is $is."
}

# build_archive: as the person who called sudo, whose clone it is.
build_archive() {
  clone=$(dirname -- "$here")
  if [ -n "${SUDO_USER-}" ] && [ "$SUDO_USER" != root ]; then
    home=$(getent passwd "$SUDO_USER" | cut -d : -f 6)
    runuser -u "$SUDO_USER" -- env HOME="$home" "$clone/mhs" package --archive || fail 'The release could not be built; the lines above say why.'
  else
    "$clone/mhs" package --archive || fail 'The release could not be built; the lines above say why.'
  fi
  archive_file=$(find "$clone/dist/target/packages" -name 'mhs-*-linux-*.tar.gz')
}

make_user() {
  getent passwd mhs >/dev/null || useradd --system --user-group --home-dir "$data" --no-create-home --shell /usr/sbin/nologin \
    --comment 'MikroTik Homelab Scanner' mhs
  # The service makes its folder itself; training for the first start needs nothing in it.
  install -d -o mhs -g mhs -m 0750 "$data"
  install -d -m 0755 "$settings_folder" "$plugins"
}

# place_release: puts it beside what runs now. Sets id, its folder's name: a version, and of which content.
place_release() {
  version=$(cat "$release/VERSION")
  content=$(cd "$release" && find . -type f ! -name mhs.jsa ! -path './sqlite-jdbc-*' -exec sha256sum {} + | LC_ALL=C sort -k 2 | sha256sum | cut -c 1-8)
  id=$version-$content
  if [ -f "$place/$id/mhs.jsa" ] || [ "$(readlink -- "$place/current")" = "$id" ]; then return 0; fi
  rm -rf "${place:?}/$id" "$place/$id.new"
  mkdir -p "$place/$id.new"
  cp -R "$release/." "$place/$id.new/"
  rm -f "$place/$id.new/mhs.jsa"
  chown -R root:root "$place/$id.new"
  chmod -R u+rwX,go+rX,go-w "$place/$id.new"
  # Renamed before it is trained: the archive of classes knows the place of its jars.
  mv "$place/$id.new" "$place/$id"
  say 'Preparing a fast start ...'
  "$place/$id/bin/mhs" train || :
}
