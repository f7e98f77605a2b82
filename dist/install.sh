#!/bin/sh
# Installs MHS as a service of this machine, or upgrades it. Needs root. "install.sh --help" tells the options.
set -eu
# The service must be able to read what it runs, however careful root's own shell is.
umask 022

here=$(dirname -- "$(readlink -f -- "$0")")
if [ -f "$here/mhs.jar" ]; then scripts=$here/sh; else scripts=$here/src/main/sh; fi

help() {
  cat <<'END'
Installs MHS as a service, or upgrades it: settings and data are kept.

  sudo dist/install.sh [--unattended] [--archive FILE] [--wait SECONDS]

  --unattended     asks nothing: what is not set yet comes from variables of this name or gets its default, for example
                   sudo ROUTER_HOST=192.168.88.1 ROUTER_PASS=secret dist/install.sh --unattended
  --archive FILE   installs this release archive instead of building one from the clone
  --wait SECONDS   how long the new version may take to become healthy before the old one is put back (60)

Settings: /etc/mhs/mhs.env, data: /var/lib/mhs, program: /opt/mhs.
END
}

# shellcheck source=dist/src/main/sh/install-common.sh
. "$scripts/install-common.sh"
# shellcheck source=dist/src/main/sh/install-release.sh
. "$scripts/install-release.sh"
# shellcheck source=dist/src/main/sh/install-settings.sh
. "$scripts/install-settings.sh"
# shellcheck source=dist/src/main/sh/install-service.sh
. "$scripts/install-service.sh"

unattended=false
archive_file=
patience=60
while [ $# -gt 0 ]; do
  case $1 in
    --unattended) unattended=true ;;
    --archive)
      archive_file=$(argument "$@") || exit
      shift
      ;;
    --wait)
      patience=$(argument "$@") || exit
      shift
      ;;
    -h | --help)
      help
      exit
      ;;
    *) refuse "\"$1\" is no option of install.sh." ;;
  esac
  shift
done
case $patience in '' | *[!0-9]* | 0*) refuse "--wait takes a whole number of seconds, not \"$patience\"." ;; esac

require_root
check_machine
trap 'rm -rf "${workplace-}"' EXIT
heed_signals
find_release
make_user
write_settings
place_release
switch_over
