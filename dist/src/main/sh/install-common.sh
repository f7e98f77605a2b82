# shellcheck shell=sh
# What installing and uninstalling have in common: where things lie, and how to speak.
# shellcheck disable=SC2034  # the places are used by who takes this in

place=/opt/mhs
data=/var/lib/mhs
settings_folder=/etc/mhs
settings=$settings_folder/mhs.env
plugins=/usr/local/share/mhs/plugins
unit=/etc/systemd/system/mhs.service
command_link=/usr/local/bin/mhs

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$@"
  exit 1
}

refuse() {
  say "$@"
  say 'Try --help.'
  exit 2
}

# argument OPTION VALUE...: prints the value of an option.
argument() {
  [ $# -gt 1 ] || refuse "$1 needs a value."
  printf '%s\n' "$2"
}

require_root() {
  [ "$(id -u)" -eq 0 ] || fail "This changes the machine and needs root: sudo $0"
}

# heed_signals [COMMANDS]: ends, with what is to be tidied up, when somebody interrupts; before that runs the commands.
heed_signals() {
  for each in HUP:129 INT:130 TERM:143; do
    # shellcheck disable=SC2064  # the commands and the code as they are now
    trap "${1-}${1:+; }exit ${each#*:}" "${each%:*}"
  done
}

# is_booted: whether systemd runs this machine; where it does not (a container, a folder), files are put in place only.
is_booted() {
  [ -d /run/systemd/system ]
}

# refuse_package: what dpkg installed, dpkg upgrades and removes.
refuse_package() {
  [ ! -f /usr/share/mhs/mhs.jar ] ||
    fail 'MHS was installed here as a Debian package: apt install ./mhs_VERSION_all.deb upgrades it, apt remove mhs removes it.'
}
