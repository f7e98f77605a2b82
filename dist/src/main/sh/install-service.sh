# shellcheck shell=sh
# From what runs now to what was placed beside it, and back when that is not healthy. Needs install-common.sh.
# shellcheck disable=SC2154,SC2317  # id, release, patience are set by install.sh, places by install-common.sh; a trap calls interrupted

backup=$data/before-upgrade

# switch_over: starts the placed release, and goes back to the one before when that does not become healthy in time.
switch_over() {
  before=$(readlink -- "$place/current") || before=
  if [ "$before" = "$id" ] && is_booted && systemctl is-active --quiet mhs.service && unit_text | cmp -s - "$unit"; then
    rm -f "$place/before"
    tell_address "MHS ${id%-*} is installed already and runs"
    return
  fi
  look_for_interrupted
  if is_booted; then
    heed_signals interrupted
    systemctl stop mhs.service 2>/dev/null || :
  fi
  $copied || copy_database
  if [ "$before" = "$id" ]; then
    if $copied; then restore_database; fi
    before= # there is no other one to go back to
  fi
  remember_before
  put_in_force "$id"
  if ! is_booted; then
    enable_offline
    rm -f "$place/before"
    say "MHS ${id%-*} is in place. systemd does not run here; where it does: systemctl start mhs"
    return
  fi
  systemctl enable --quiet mhs.service
  start_afresh
  if become_healthy; then
    heed_signals
    tidy
    tell_address "MHS ${id%-*} runs${before:+ (before: ${before%-*})}"
  else
    give_up
  fi
}

# look_for_interrupted: sets copied, whether the history of the version before is put by already: when an upgrade was cut
# off (by a power failure, say) before what it had put in place was healthy. Then that version still counts as before.
look_for_interrupted() {
  copied=false
  [ -L "$place/before" ] || return 0
  if is_booted && systemctl is-active --quiet mhs.service && answers; then
    rm -f "$place/before"
  else
    before=$(readlink -- "$place/before")
    copied=true
  fi
}

# remember_before: until the new version is healthy.
remember_before() {
  if [ -z "$before" ]; then
    rm -f "$place/before"
    return
  fi
  ln -sfn "$before" "$place/before.new"
  mv -T "$place/before.new" "$place/before"
}

# start_afresh: what failed often lately may be started all the same.
start_afresh() {
  systemctl reset-failed mhs.service 2>/dev/null || :
  systemctl start --no-block mhs.service
}

unit_text() {
  sed "s|@HOME@|$place/current|; s|@DOC@|$place/current/docs|" "$place/$id/systemd/mhs.service"
}

# put_in_force RELEASE: what is placed under this name is what the service and the command run from now on.
put_in_force() {
  id=$1
  ln -sfn "$id" "$place/current.new"
  mv -T "$place/current.new" "$place/current"
  ln -sfn "$place/current/bin/mhs" "$command_link"
  unit_text >"$unit.new"
  chmod 644 "$unit.new"
  mv "$unit.new" "$unit"
  if is_booted; then systemctl daemon-reload; fi
}

enable_offline() {
  mkdir -p /etc/systemd/system/multi-user.target.wants
  ln -sfn "$unit" /etc/systemd/system/multi-user.target.wants/mhs.service
}

# copy_database: as the version before left it. The new one may change its form, and then the old one reads it no more.
copy_database() {
  if [ ! -f "$data/mhs.db" ]; then
    rm -rf "$backup"
    return 0
  fi
  size=$(du -sk "$data/mhs.db" | cut -f 1)
  free=$(df -Pk "$data" | awk 'NR == 2 { print $4 }')
  if [ "$free" -lt $((size + 10000)) ]; then
    if [ -n "$before" ] && is_booted; then systemctl start --no-block mhs.service; fi
    fail "The history ($((size / 1024)) MB) cannot be copied before the upgrade: only $((free / 1024)) MB are free for $data. Nothing was changed."
  fi
  rm -rf "$backup.new"
  install -d -o mhs -g mhs -m 0700 "$backup.new"
  cp -p "$data"/mhs.db* "$backup.new/"
  rm -rf "$backup"
  mv "$backup.new" "$backup"
  copied=true
}

# become_healthy: waits until systemd says that the page is served, and the page answers, twice from the same process. What ends
# again and again is not waited for.
become_healthy() {
  say "Starting (for at most $patience s) ..."
  until_time=$(($(date +%s) + patience))
  answered=
  while [ "$(date +%s)" -lt "$until_time" ]; do
    if systemctl is-active --quiet mhs.service && answers; then
      process=$(systemctl show -P MainPID mhs.service)
      [ "$answered" != "$process" ] || return 0
      answered=$process
      sleep 2
    elif systemctl is-failed --quiet mhs.service || [ "$(systemctl show -P NRestarts mhs.service)" -gt 2 ]; then
      return 1
    else
      sleep 0.5
    fi
  done
  return 1
}

# address: where the service says that its page is.
address() {
  systemctl show -P StatusText mhs.service | sed -n 's/^MHS is at //p'
}

# answers: whether the page's health can be asked for; a request for a password is an answer, too.
answers() {
  url=$(address)
  [ -n "$url" ] || return 1
  if command -v curl >/dev/null; then
    case $(curl -sk -m 5 -o /dev/null -w '%{http_code}' "$url/api/health") in 200 | 401) ;; *) return 1 ;; esac
  elif command -v wget >/dev/null; then
    # 6: a password is wanted (wget(1)).
    wget -q -T 5 -t 1 --no-check-certificate -O /dev/null "$url/api/health" || [ $? -eq 6 ]
  fi
}

give_up() {
  say "MHS ${id%-*} does not become healthy. It said last:"
  journalctl -u mhs.service -n 15 --no-pager -o cat >&2 || :
  if [ -z "$before" ]; then
    stop_for_good
    fail "It is stopped. Mend what is said above ($settings), then run this again."
  fi
  go_back
}

# interrupted: by a signal, between the old version and the new one.
interrupted() {
  heed_signals
  say 'Interrupted.'
  if [ -z "$before" ]; then
    stop_for_good
    fail 'MHS is in place, but stopped. Run this again.'
  fi
  go_back
}

stop_for_good() {
  systemctl stop mhs.service || :
  systemctl disable --quiet mhs.service || :
}

# go_back: to the version before, with the history as that left it.
go_back() {
  systemctl stop mhs.service || :
  bad=$id
  if $copied; then restore_database; fi
  put_in_force "$before"
  rm -rf "${place:?}/$bad"
  start_afresh
  if become_healthy; then
    rm -f "$place/before"
    tell_address "The version before is back: MHS ${before%-*} runs"
    exit 1
  fi
  fail "The version before, MHS ${before%-*}, is back, but does not become healthy either: journalctl -u mhs"
}

restore_database() {
  if [ -f "$backup/mhs.db" ]; then
    rm -f "$data"/mhs.db*
    cp -p "$backup"/mhs.db* "$data/"
  fi
}

# tidy: removes what earlier versions left of the program.
tidy() {
  for old in "$place"/*; do
    case ${old##*/} in "$id" | current) ;; *) rm -rf "$old" ;; esac
  done
}

tell_address() {
  url=$(address)
  port=${url##*:}
  outer=$(hostname -I 2>/dev/null | cut -d ' ' -f 1) || outer=
  case $url in *//localhost:*) [ -z "$outer" ] || url="$url or ${url%%:*}://$outer:$port" ;; esac
  say "$1 at $url"
}
