# shellcheck shell=sh
# The Debian package, made of the staged release. Needs say, and what package.sh sets.
# shellcheck disable=SC2154  # home, stage, packages, version and sources are set by package.sh, root by mhs

package_deb() {
  if ! command -v dpkg-deb >/dev/null; then
    say 'There is no dpkg-deb here, hence no Debian package.'
    return
  fi
  deb=$stage/deb
  # "~" sorts before the release that it leads to.
  deb_version=$(printf '%s\n' "$version" | sed 's/-/~/')
  lay_out_deb
  document_deb
  control_deb
  # Jars are packed already: xz would take ten times as long for the same size.
  dpkg-deb --root-owner-group -Zgzip --build "$deb" "$packages/mhs_${deb_version}_all.deb" >/dev/null ||
    fail 'The Debian package could not be built; the lines above say why.'
  rm -rf "$deb"
}

# lay_out_deb: the program, the unit, the settings.
lay_out_deb() {
  share=$deb/usr/share/mhs
  mkdir -p "$share" "$deb/usr/bin" "$deb/usr/lib/systemd/system" "$deb/etc/mhs" "$deb/var/cache/mhs"
  (cd "$home" && cp -R bin lib demo sh mhs.jar jvm.options VERSION "$share/")
  rm -f "$share"/sh/install-*.sh
  ln -s ../share/mhs/bin/mhs "$deb/usr/bin/mhs"
  ln -s /var/cache/mhs/mhs.jsa "$share/mhs.jsa"
  sed 's|@HOME@|/usr/share/mhs|; s|@DOC@|/usr/share/doc/mhs/docs|' "$home/systemd/mhs.service" >"$deb/usr/lib/systemd/system/mhs.service"
  cp "$home/mhs.env" "$deb/etc/mhs/mhs.env"
}

document_deb() {
  doc=$deb/usr/share/doc/mhs
  mkdir -p "$doc" "$deb/usr/share/man/man1"
  cp -R "$home/docs" "$home"/*.md "$doc/"
  rm "$doc/CHANGELOG.md"
  gzip -9nc "$home/CHANGELOG.md" >"$doc/changelog.gz"
  # What Debian calls otherwise.
  sed -i 's|(CHANGELOG.md)|(changelog.gz)|; s|(LICENSE)|(copyright)|' "$doc/README.md"
  gzip -9nc "$sources/package/debian/mhs.1" >"$deb/usr/share/man/man1/mhs.1.gz"
  {
    printf '%s\n' 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/' '' 'Files: *' \
      'Copyright: The MHS maintainers' 'License: Apache-2.0' \
      ' The text is in /usr/share/common-licenses/Apache-2.0. THIRD-PARTY.md beside this file tells' \
      ' what is bundled and how that is licensed; the texts follow.'
    for text in MIT.txt zentus.txt EPL-2.0.md; do
      printf '\nComment: %s\n' "$text"
      sed 's/[[:space:]]*$//; s/^$/./; s/^/ /' "$home/licenses/$text"
    done
  } >"$doc/copyright"
}

control_deb() {
  mkdir "$deb/DEBIAN"
  (cd "$sources/package/debian" && cp preinst postinst prerm postrm triggers "$deb/DEBIAN/")
  size=$(du -sk "$deb" | cut -f 1)
  sed "s/@VERSION@/$deb_version/; s/@SIZE@/$size/" "$sources/package/debian/control" >"$deb/DEBIAN/control"
  echo /etc/mhs/mhs.env >"$deb/DEBIAN/conffiles"
  (cd "$deb" && find usr -type f -exec md5sum {} + | LC_ALL=C sort -k 2) >"$deb/DEBIAN/md5sums"
  chmod -R u+rwX,go+rX,go-w "$deb"
  chmod 755 "$deb"/DEBIAN/*inst "$deb"/DEBIAN/*rm
  # Passwords are in it.
  chmod 600 "$deb/etc/mhs/mhs.env"
}
