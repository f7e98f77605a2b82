# shellcheck shell=sh
# The release: archives with and without a Java runtime, a Debian package, their sums, and what is in them.
# Needs say, fail, use, usage, root, image, build_image_alone, maven_quietly, find_build_tools.
# shellcheck disable=SC2154  # root, image and scripts are set by mhs, java_home by jdk.sh, stamp by build.sh

# The modules of the JDK that MHS and its libraries use; PackagesIT compares them with what jdeps finds.
java_modules=java.base,java.desktop,java.logging,java.management,java.naming,java.sql,java.xml,jdk.management,jdk.unsupported

mhs_package() {
  case "$*" in
    '') wanted=all ;;
    --archive) wanted=archive ;;
    --no-build) wanted=all ;;
    *) usage "package takes no arguments but --archive or --no-build, not \"$*\"." ;;
  esac
  if [ "$*" = --no-build ]; then
    [ -f "$image/mhs.jar" ] || fail 'Nothing is built yet: run ./mhs build first.'
    find_build_tools
  else
    build_image
  fi
  name_release
  began=$(date +%s)
  rm -rf "$packages" "$stage"
  mkdir -p "$packages" "$stage"
  if [ "$wanted" = all ]; then write_bill_of_materials; fi
  stage_release
  if [ "$wanted" = all ]; then
    pack "$packages/$name-linux.tar.gz"
    use package-deb
    package_deb
  fi
  add_runtime
  pack "$packages/$name-linux-$arch.tar.gz"
  rm -rf "$stage"
  (cd "$packages" && sha256sum -- * >SHA256SUMS)
  say "Packed in $(($(date +%s) - began)) s:"
  (cd "$packages" && du -h -- *) | sed 's/^/  /' >&2
  say "They lie in $packages."
}

# name_release: sets version, arch, name, packages, and stage, where the release is put together.
name_release() {
  version=$(sed -n 's|^  <version>\(.*\)</version>$|\1|p' "$root/pom.xml" | head -n 1)
  case $(uname -m) in
    x86_64) arch=amd64 ;;
    aarch64) arch=arm64 ;;
    *) arch=$(uname -m) ;;
  esac
  name=mhs-$version
  packages=$root/dist/target/packages
  stage=$root/dist/target/stage
}

# stage_release: the folder that each archive holds, yet without a runtime.
stage_release() {
  home=$stage/$name
  sources=$root/dist/src/main
  mkdir -p "$home/sh" "$home/systemd"
  cp -R "$image/." "$sources/package/bin" "$sources/package/licenses" "$home/"
  rm -rf "${home:?}/bin"
  cp -R "$sources/package/bin" "$home/bin"
  lighten_sqlite
  cp "$sources"/sh/jdk.sh "$sources"/sh/archive.sh "$sources"/sh/demo.sh "$sources"/sh/install-*.sh "$home/sh/"
  cp "$sources/systemd/mhs.service" "$home/systemd/"
  cp "$sources/package/mhs.env" "$sources/package/THIRD-PARTY.md" "$root/LICENSE" "$home/"
  cp "$root/dist/install.sh" "$root/dist/uninstall.sh" "$home/"
  # As in the clone, so that they find one another.
  cp -R "$root/docs" "$root/README.md" "$root/CHANGELOG.md" "$root/CONTRIBUTING.md" "$root/SECURITY.md" "$home/"
  printf '%s\n' "$version" >"$home/VERSION"
  chmod -R u+rwX,go+rX,go-w "$home"
}

# lighten_sqlite: MHS runs on Linux; SQLite's jar brings its library for all other systems as well.
lighten_sqlite() {
  unpack_sqlite
  find "$natives" -mindepth 1 -maxdepth 1 ! -name 'Linux*' -exec rm -r {} +
  pack_sqlite
}

# unpack_sqlite: sets jar to SQLite's jar and natives to the folder of its libraries.
unpack_sqlite() {
  jar=$(find "$home/lib" -name 'sqlite-jdbc-*.jar')
  natives=$stage/sqlite/org/sqlite/native
  mkdir "$stage/sqlite"
  (cd "$stage/sqlite" && "$java_home/bin/jar" -xf "$jar")
}

pack_sqlite() {
  "$java_home/bin/jar" -c -M -f "$jar" --date="$(date -u -d "@$(newest_source)" +%Y-%m-%dT%H:%M:%SZ)" -C "$stage/sqlite" . ||
    fail "$jar could not be written."
  rm -r "$stage/sqlite"
}

# carry_library: SQLite's library for this kind of machine lies beside the program, as "mhs train" would put it, and no other comes.
carry_library() {
  unpack_sqlite
  library=${jar##*/}
  library=$home/${library%.jar}
  mkdir "$library"
  mv "$natives/$("$java_home/bin/java" -cp "$jar" org.sqlite.util.OSInfo)/libsqlitejdbc.so" "$library/"
  chmod -R u+rwX,go+rX,go-w "$library"
  chmod 755 "$library/libsqlitejdbc.so"
  rm -r "$natives"
  pack_sqlite
}

# add_runtime: the part of this JDK that MHS uses, with a class-data archive of its own for the one of MHS to lie on.
add_runtime() {
  carry_library
  say 'Making the Java runtime ...'
  "$java_home/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --generate-cds-archive --output "$home/runtime" >&2 ||
    fail "jlink of $java_home cannot make a runtime: a whole JDK has it (on Debian the package openjdk-21-jdk-headless)."
  # One kind of JVM and one kind of archive is used; see jvm.options.
  rm -f "$home/runtime/lib/server/classes_nocoops.jsa"
}

# pack FILE: the staged release, the same bytes for the same content.
pack() {
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(newest_source)" -C "$stage" -c "$name" | gzip -n >"$1" ||
    fail "$1 could not be written."
}

# newest_source: when the last change of the project was made, in seconds since 1970.
newest_source() {
  git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/pom.xml"
}

# write_bill_of_materials: what is in it, as CycloneDX. The plugin knows Maven's part; the page's library comes with us, and
# what the demo is made of is not on MHS' own class path.
write_bill_of_materials() {
  say 'Writing the bill of materials ...'
  maven_quietly -pl dist -am org.cyclonedx:cyclonedx-maven-plugin:makeBom ||
    fail 'The bill of materials could not be written; the lines above say why.'
  uplot=$(sed -n 's/.*uPlot \([0-9][0-9.]*\).*/\1/p' "$root/mhs-server/src/main/resources/web/vendor/uplot/README.md" | head -n 1)
  awk -v version="$uplot" -v own="$version" '
    { print }
    /^  "components" : \[/ {
      for (i = split("mhs-demo mhs-simulator", name, " "); i > 0; i--) {
        print "    { \"type\" : \"library\", \"group\" : \"dev.mhs\", \"name\" : \"" name[i] "\", \"version\" : \"" own "\","
        print "      \"purl\" : \"pkg:maven/dev.mhs/" name[i] "@" own "?type=jar\", \"licenses\" : [ { \"license\" : { \"id\" : \"Apache-2.0\" } } ] },"
      }
      print "    { \"type\" : \"library\", \"name\" : \"uPlot\", \"version\" : \"" version "\", \"scope\" : \"required\","
      print "      \"purl\" : \"pkg:npm/uplot@" version "\", \"licenses\" : [ { \"license\" : { \"id\" : \"MIT\" } } ] },"
    }' "$root/dist/target/mhs.cdx.json" >"$packages/$name.cdx.json"
}
