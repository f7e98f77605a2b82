#!/bin/sh
# Removes the MHS service and its program from this machine; data and settings stay unless --purge is given. Needs root.
set -eu

here=$(dirname -- "$(readlink -f -- "$0")")
if [ -f "$here/mhs.jar" ]; then scripts=$here/sh; else scripts=$here/src/main/sh; fi

# shellcheck source=dist/src/main/sh/install-common.sh
. "$scripts/install-common.sh"

help() {
  cat <<'END'
Removes the MHS service and its program.

  sudo dist/uninstall.sh [--purge]

  --purge   removes the settings (/etc/mhs), the data (/var/lib/mhs), the plugins and the user mhs as well
END
}

purge=false
case $# in
  0) ;;
  *)
    case "$*" in
      --purge) purge=true ;;
      -h | --help)
        help
        exit
        ;;
      *) refuse "uninstall.sh takes --purge or nothing, not \"$*\"." ;;
    esac
    ;;
esac

require_root
refuse_package

# remove_limits: those in this machine's own kernel outlive the service, but not the program (docs/gateway.md has the objects).
remove_limits() {
  if command -v nft >/dev/null; then nft delete table netdev mhs_limits 2>/dev/null || :; fi
  if command -v tc >/dev/null; then
    tc qdisc show | awk '$2 == "htb" && $3 == "4d01:" && $4 == "dev" { print $5 }' | while read -r interface; do
      tc qdisc del dev "$interface" root 2>/dev/null || :
    done
  fi
  if command -v ip >/dev/null; then ip link del mhs-up 2>/dev/null || :; fi
}

# The copy that is running lies in what is about to be removed, and a shell reads its script as it goes: hence one function.
remove() {
  if is_booted; then systemctl disable --quiet --now mhs.service 2>/dev/null || :; fi
  remove_limits
  rm -f "$unit" /etc/systemd/system/multi-user.target.wants/mhs.service
  if is_booted; then systemctl daemon-reload; fi
  if [ "$(readlink -- "$command_link" 2>/dev/null)" = "$place/current/bin/mhs" ]; then rm -f "$command_link"; fi
  rm -rf "$place"
  say 'MHS is not installed any more.'
  if ! $purge; then
    [ ! -d "$data" ] || say "Data and settings are kept in $data and $settings_folder; uninstall.sh --purge removes them."
    exit
  fi
  rm -rf "$settings_folder" "$data" "$plugins"
  rmdir /usr/local/share/mhs 2>/dev/null || :
  if getent passwd mhs >/dev/null; then userdel mhs; fi
  if getent group mhs >/dev/null; then groupdel mhs; fi
  say 'Data, settings and the user mhs are gone as well.'
  exit
}
remove
