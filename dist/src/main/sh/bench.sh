# shellcheck shell=sh
# MHS's own figures. Needs use, root, image, ensure_built, maven_quietly.
# shellcheck disable=SC2154  # root is set by mhs, java_home by jdk.sh

mhs_bench() {
  ensure_built
  find_build_tools
  say 'Building the benchmarks ...'
  maven_quietly -pl bench -am package dependency:build-classpath -Dmdep.outputFile=target/class-path ||
    fail 'The benchmarks could not be built; the lines above say why.'
  cd "$root" || exit
  exec "$java_home/bin/java" --enable-native-access=ALL-UNNAMED \
    -cp "bench/target/classes:$(cat bench/target/class-path)" dev.mhs.bench.Bench "$@"
}
