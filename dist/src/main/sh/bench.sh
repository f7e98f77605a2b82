# shellcheck shell=sh
# MHS's own figures. Needs use, root, image, archive, ensure_built, maven_quietly.
# shellcheck disable=SC2154  # home is set by package.sh, root and image are set by mhs, java_home by jdk.sh, archive by archive.sh

mhs_bench() {
  use archive
  ensure_built
  find_build_tools
  ensure_archive
  install_for_bench
  install_peers
  say 'Building the benchmarks ...'
  maven_quietly -pl bench -am package || fail 'The benchmarks could not be built; the lines above say why.'
  exec "$java_home/bin/java" "-Dmhs.root=$root" "-Dmhs.archive=$archive" "-Dmhs.installed=$home" \
    -cp "$root/bench/target/classes:$root/bench/target/lib/*:$image/lib/*" dev.mhs.bench.Bench "$@"
}

# install_for_bench: the release as the installer puts it in place, in a folder of its own. Sets home.
install_for_bench() {
  use package
  name_release
  stage=$root/dist/target/installed
  rm -rf "$stage"
  mkdir -p "$stage"
  stage_release
  add_runtime
  MHS_JAVA_HOME='' "$home/bin/mhs" train
}

# install_peers: what the lab takes, and the programs that MHS is measured beside; without them fewer figures are printed.
install_peers() {
  use packages
  read_distribution /etc/os-release
  missing=$(
    while read -r program package; do
      PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || printf '%s ' "$package"
    done <<'END'
curl curl
nft nftables
arp-scan arp-scan
nmap nmap
darkstat darkstat
END
  )
  # shellcheck disable=SC2086  # several packages are several words
  [ -z "$missing" ] || install_packages $missing || say "Not all can be measured without $missing"
}
