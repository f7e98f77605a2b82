# shellcheck shell=sh
# MHS's own figures. Needs use, root, image, archive, ensure_built, maven_quietly.
# shellcheck disable=SC2154  # home is set by package.sh, root and image are set by mhs, java_home by jdk.sh, archive by archive.sh

mhs_bench() {
  use archive
  ensure_built
  find_build_tools
  ensure_archive
  install_for_bench
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
