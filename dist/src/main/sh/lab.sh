# shellcheck shell=sh
# A small home in network namespaces, to try MHS in without touching any network. Needs say, fail, use, root, usage.
# shellcheck disable=SC2154  # root is set by mhs

lab_members='nas laptop phone tv printer'
lab_name=${LAB_NAME-mhs-home}

mhs_lab() {
  use packages
  use home
  lab=$root/dist/target/lab/$lab_name
  case ${1-} in
    up | down | status)
      [ $# -eq 1 ] || usage "lab $1 takes no arguments."
      "lab_$1"
      ;;
    run)
      shift
      lab_build=true
      if [ "${1-}" = --no-build ]; then
        lab_build=false
        shift
      fi
      [ $# -le 1 ] || usage 'lab run takes the name of one machine, or none for the router.'
      lab_run "${1-router}"
      ;;
    *) usage 'lab is followed by up, down, status or run.' ;;
  esac
}

# lab_needs: the programs and the Debian packages that have them.
lab_needs() {
  cat <<'END_OF_NEEDS'
ip iproute2
nft nftables
dnsmasq dnsmasq-base
udhcpc udhcpc
END_OF_NEEDS
}

lab_check() {
  [ "$(id -u)" -eq 0 ] || fail 'The lab is made of network namespaces, which takes root: sudo ./mhs lab up'
  lab_missing=$(lab_needs | while read -r program package; do
    PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null || printf '%s ' "$package"
  done)
  read_distribution /etc/os-release
  [ -z "$lab_missing" ] || fail "The lab needs what is not installed: $(install_command "$lab_missing")"
}

# lab_namespaces: those of this lab that there are.
lab_namespaces() {
  ip netns list | awk -v name="$lab_name-" 'index($1, name) == 1 { print $1 }'
}

# lab_up: what is left of a lab that was not finished is removed first; on a failure, what was made.
lab_up() {
  lab_check
  if [ -e "$lab/complete" ] && [ -n "$(lab_namespaces)" ]; then
    say 'The lab is up already.'
    lab_status
    return
  fi
  lab_remove
  trap 'lab_remove' EXIT
  trap 'exit 1' INT TERM HUP
  mkdir -p "$lab"
  make_namespace "$lab_name-router"
  make_namespace "$lab_name-world"
  make_router "$lab_name-router" "$lab"
  make_world "$lab_name-router" "$lab_name-world"
  if command -v iperf3 >/dev/null; then inside "$lab_name-world" iperf3 -s -D; fi
  number=16
  for member in $lab_members; do
    number=$((number + 1))
    make_namespace "$lab_name-$member"
    join_home "$lab_name-router" "$lab_name-$member" "port$((number - 16))" \
      "$(printf '00:00:5e:00:53:%02x' $number)" "$member" "$lab" >"$lab/$member.log" 2>&1 ||
      fail "$member got no address: $(tail -n 1 "$lab/$member.log")"
  done
  : >"$lab/complete"
  trap - EXIT INT TERM HUP
  lab_status
  say "
./mhs lab run           starts MHS on the router; \"lab run laptop\" on another machine
./mhs lab down          removes all of it
ip netns exec $lab_name-laptop iperf3 -c $home_world -R    downloads something"
}

lab_remove() {
  for namespace in $(lab_namespaces); do remove_namespace "$namespace"; done
  rm -rf "$lab"
}

lab_down() {
  lab_check
  if [ -z "$(lab_namespaces)" ]; then say 'There is no lab.'; else say 'The lab is removed.'; fi
  lab_remove
}

# lab_status: each machine with its address and MAC, and where MHS runs.
lab_status() {
  if [ -z "$(lab_namespaces)" ]; then
    say 'There is no lab: ./mhs lab up'
    return 1
  fi
  [ -e "$lab/complete" ] || say 'The lab is only half there: ./mhs lab up makes it anew.'
  printf '%-10s %-16s %-18s %s\n' machine address MAC namespace
  for machine in router world $lab_members; do
    case $machine in router) interface=lan ;; *) interface=eth0 ;; esac
    address=$(ip -n "$lab_name-$machine" -o -4 address show dev "$interface" 2>/dev/null |
      awk '{ sub("/.*", "", $4); print $4; exit }')
    mac=$(ip -n "$lab_name-$machine" -o link show dev "$interface" 2>/dev/null |
      sed -n 's/.*link\/ether \([0-9a-f:]*\).*/\1/p')
    note=
    [ ! -e "$lab/at-$machine" ] || ! kill -0 "$(cat "$lab/at-$machine")" 2>/dev/null || note=' MHS runs here'
    printf '%-10s %-16s %-18s %s%s\n' "$machine" "${address:--}" "${mac:--}" "$lab_name-$machine" "$note"
  done
}

# lab_run MACHINE: MHS as "./mhs run" starts it, there; with a way in from here where socat is installed.
lab_run() {
  lab_check
  case " router $lab_members " in
    *" $1 "*) ;;
    *) usage "The lab has no machine \"$1\": router, $(echo "$lab_members" | sed 's/ /, /g')." ;;
  esac
  use jdk
  use build
  if $lab_build; then ensure_built; fi
  [ -e "$lab/complete" ] || lab_up
  port=${LAB_PORT-8077}
  way_in=
  if command -v socat >/dev/null; then
    socat "TCP-LISTEN:$port,bind=127.0.0.1,reuseaddr,fork" \
      "EXEC:ip netns exec $lab_name-$1 socat STDIO TCP4\\:127.0.0.1\\:8000" &
    way_in=$!
    say "From this machine it is at http://localhost:$port"
  else
    say "From this machine it is seen with socat ($(install_command socat)); inside by
    ip netns exec $lab_name-$1 curl http://localhost:8000/api/devices"
  fi
  : >"$lab/mhs.yaml"
  mkdir -p "$lab/data-$1"
  inside "$lab_name-$1" env "MHS_CONFIG=$lab/mhs.yaml" "MHS_DATA_DIR=$lab/data-$1" ROUTER_HOST= SWITCH_HOST= \
    APP_PORT=8000 "$root/mhs" run --no-build &
  server=$!
  echo $server >"$lab/at-$1"
  trap 'kill $server $way_in 2>/dev/null || :' EXIT
  trap 'exit 130' INT TERM HUP
  status=0
  wait $server || status=$?
  return $status
}
