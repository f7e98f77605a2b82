# shellcheck shell=sh
# MHS's own figures. Needs use, root, image, archive, ensure_built, maven_quietly.
# shellcheck disable=SC2154  # root and image are set by mhs, java_home by jdk.sh, archive by archive.sh

mhs_bench() {
  use archive
  ensure_built
  find_build_tools
  ensure_archive
  say 'Building the benchmarks ...'
  maven_quietly -pl bench -am package || fail 'The benchmarks could not be built; the lines above say why.'
  exec "$java_home/bin/java" "-Dmhs.root=$root" "-Dmhs.archive=$archive" \
    -cp "$root/bench/target/classes:$root/bench/target/lib/*:$image/lib/*" dev.mhs.bench.Bench "$@"
}
