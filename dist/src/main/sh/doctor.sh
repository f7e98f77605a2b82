# shellcheck shell=sh
# What works on this machine, and with the configured router and switches: only these are sent anything, and all that
# it may leave behind is the fingerprint of a certificate that is seen for the first time. Needs say, use, root, image.
# shellcheck disable=SC2154  # root and image are set by mhs, java_home, major by jdk.sh, maven by build.sh

mhs_doctor() {
  [ $# -eq 0 ] || usage "doctor takes no arguments, not \"$*\"."
  use packages
  read_distribution /etc/os-release
  runs=true
  answers=true
  choose_colours
  echo "$pretty, $(uname -m), kernel $(uname -r)"
  echo
  check_build
  check_port
  check_data
  check_programs
  check_rights
  check_network
  check_sources
  echo
  if ! $runs; then
    echo './mhs run would not work: mend what is broken above.'
    return 1
  fi
  if ! $answers; then
    echo './mhs run would work, but not with all that is configured: mend what is broken above.'
    return 1
  fi
  echo './mhs run would work.'
}

choose_colours() {
  green='' yellow='' red='' plain=''
  if [ -t 1 ] && [ -z "${NO_COLOR-}" ]; then
    green=$(printf '\033[32m') yellow=$(printf '\033[33m') red=$(printf '\033[31m') plain=$(printf '\033[0m')
  fi
}

# good WHAT · lacking WHAT [REMEDY] · broken WHAT [REMEDY]: one finding. Only a broken one keeps MHS from running.
good() { printf '%sgood   %s  %s\n' "$green" "$plain" "$1"; }
lacking() { finding "${yellow}lacking$plain" "$@"; }
broken() {
  runs=false
  finding "${red}broken $plain" "$@"
}
finding() {
  printf '%s  %s\n' "$1" "$2"
  [ -z "${3-}" ] || printf '%s\n' "$3" | sed 's/^/             /'
}

# check_build: a built image needs a Java only; to build one takes a JDK and Maven.
check_build() {
  if is_built; then
    good 'the run image is built from the sources as they are'
    need=lacking java=run
  else
    good './mhs run will build first: something changed, or nothing was built yet'
    need=broken java=build
  fi
  if find_java "$java"; then
    read_major "$java_home"
    good "Java $major in $java_home"
  else
    broken "no JDK $oldest_java or newer${unfit:+ (found: ${unfit#, })}" "$(as_root "$(jdk_command)")"
  fi
  if is_maven_fit; then
    good "Maven $maven"
  else
    "$need" "no Maven 3.8.6 or newer (found: ${maven:-none})" "$(as_root "$(install_command "$(maven_package)")")"
  fi
}

# setting VARIABLE...: the first of these that the environment or .env sets, else nothing.
setting() {
  for variable in "$@"; do
    value=$(printenv "$variable") || value=
    if [ -z "$value" ] && [ -r "$root/.env" ]; then
      value=$(sed -n "s/^ *\(export  *\)\{0,1\}$variable *= *//p" "$root/.env" | sed "s/^[\"']//; s/[\"'] *\$//" | tail -n 1)
    fi
    if [ -n "$value" ]; then
      printf '%s\n' "$value"
      return
    fi
  done
}

check_port() {
  port=$(setting MHS_SERVER_PORT APP_PORT)
  port=${port:-8000}
  if is_listening "$port"; then
    broken "port $port is in use by another program$(listener "$port")" "APP_PORT=8001 ./mhs run"
  else
    good "port $port is free"
  fi
}

# is_listening PORT: state 0A is LISTEN in proc(5) net/tcp, ports are in hexadecimal.
is_listening() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
    awk -v port="$(printf '%04X' "$1")" '$4 == "0A" && $2 ~ ":" port "$" { found = 1 } END { exit !found }'
}

listener() {
  ! command -v ss >/dev/null || ss -Hltnp "sport = :$1" 2>/dev/null | sed -n 's/.*users:((\("[^"]*"\),pid=\([0-9]*\).*/ (\1, process \2)/p' | head -n 1
}

check_data() {
  data=$(setting MHS_DATA_DIR)
  data=${data:-./data}
  case $data in /*) ;; *) data=$root/${data#./} ;; esac
  folder=$data
  while [ ! -e "$folder" ]; do folder=$(dirname -- "$folder"); done
  if [ -d "$folder" ] && [ -w "$folder" ]; then
    good "the data folder $data can be written"
  else
    broken "the data folder $data cannot be written" "MHS_DATA_DIR=\$HOME/.local/share/mhs ./mhs run"
  fi
}

# check_programs: what MHS uses where it is there, and what then works.
check_programs() {
  while read -r program package use; do
    if PATH=$PATH:/usr/sbin:/sbin command -v "$program" >/dev/null; then
      good "$program: $use"
    else
      lacking "no $program: $use" "$(as_root "$(install_command "$package")")"
    fi
  done <<'END'
ip iproute2 knows which neighbors answered lately, and the IPv6 ones
nmap nmap finds what the kernel alone does not
nft nftables counts what devices exchange with the internet, where their traffic passes here
conntrack conntrack counts by connection where nftables may not and this machine routes (root does without)
tc iproute2 slows devices down, with nft, where this machine is their gateway
END
  # Debian 13 has its package under a new name and finds it by the old one.
  if libraries | grep -q 'libpcap\.so'; then
    good 'libpcap: finds devices by ARP, counts traffic where nftables may not'
  else
    lacking 'no libpcap: finds devices by ARP, counts traffic where nftables may not' "$(as_root "$(install_command libpcap0.8)")"
  fi
}

libraries() {
  PATH=$PATH:/usr/sbin:/sbin ldconfig -p 2>/dev/null || ls /usr/lib /lib
}

check_rights() {
  # Bits of CapEff in proc(5) status, numbers from capabilities(7).
  capabilities=$(sed -n 's/^CapEff:[[:space:]]*//p' /proc/self/status)
  for capability in 12:CAP_NET_ADMIN:'kernel counters' 13:CAP_NET_RAW:'ARP, packet capture'; do
    bit=${capability%%:*}
    name=${capability#*:}
    if [ $((0x$capabilities >> bit & 1)) -eq 1 ]; then
      good "${name%%:*}: ${name#*:}"
    else
      lacking "no ${name%%:*}: ${name#*:}" 'sudo ./mhs run'
    fi
  done
  check_switch /proc/sys/net/netfilter/nf_conntrack_acct net.netfilter.nf_conntrack_acct 'the kernel counts bytes by connection'
}

# check_switch FILE SYSCTL WHAT
check_switch() {
  if [ ! -r "$1" ]; then
    lacking "not in use: $3 ($2 does not exist)"
  elif [ "$(cat "$1")" = 1 ]; then
    good "$3"
  else
    lacking "off: $3" "$(as_root "sysctl -w $2=1")"
  fi
}

check_network() {
  # proc(5) net/route: destination and mask 0 is the default route.
  route=$(awk 'NR > 1 && $2 == "00000000" && $8 == "00000000" { print $7, $1, $3 }' /proc/net/route 2>/dev/null | sort -n | head -n 1)
  if [ -n "$route" ]; then
    interface=${route#* }
    good "default route over ${interface% *}, gateway $(address "${interface#* }")"
  else
    lacking 'no default route: nothing is marked as the WAN'
  fi
  networks=$(ip -o -4 address show scope global 2>/dev/null | awk '{ printf "%s%s on %s", sep, $4, $2; sep = ", " }')
  if [ -n "$networks" ]; then good "networks: $networks"; else lacking 'no network with an IPv4 address'; fi
  if [ "$(cat /proc/sys/net/ipv4/ip_forward 2>/dev/null)" = 1 ]; then
    good "this machine forwards: each device's traffic passes here and can be counted"
  else
    good "this machine is no router: it sees its own traffic; rates by device need the router (ROUTER_HOST)"
  fi
}

# address HEX: 0101A8C0 → 192.168.1.1; the kernel prints it in the machine's byte order.
address() {
  a=${1#??????}
  b=${1#????} && b=${b%??}
  c=${1#??} && c=${c%????}
  printf '%d.%d.%d.%d' "0x$a" "0x$b" "0x$c" "0x${1%??????}"
}

# check_sources: the built program asks every configured source once; only it reads the whole configuration.
check_sources() {
  if [ -z "$java_home" ] || ! is_built; then
    check_router
    return
  fi
  set -- doctor
  if [ -n "$plain" ]; then set -- "$@" --colours; fi
  (cd "$root" && "$java_home/bin/java" "@$image/jvm.options" -Xlog:disable -jar "$image/mhs.jar" "$@" 2>&1) || answers=false
}

# check_router: what can be told before anything is built.
check_router() {
  host=$(setting MHS_ROUTER_HOST ROUTER_HOST)
  if [ -z "$host" ]; then
    for file in "${MHS_CONFIG:-$root/mhs.yaml}" /etc/mhs/mhs.yaml; do
      [ -n "$host" ] || [ ! -r "$file" ] || host=$(sed -n '/^router:/,/^[^ #]/s/^ \{1,\}host: *//p' "$file" | head -n 1)
    done
  fi
  if [ -n "$host" ]; then
    lacking "router: $host (not asked, since nothing is built yet)" './mhs build'
  else
    lacking 'no router is configured: MHS shows what this machine sees by itself' \
      'ROUTER_HOST=192.168.88.1 ROUTER_USER=mhs ROUTER_PASS=... ./mhs run'
  fi
}
