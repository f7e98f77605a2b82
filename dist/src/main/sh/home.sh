# shellcheck shell=sh
# A household's network made of namespaces: a router with NAT, a bridge, DHCP and DNS; members that get their
# address from it by a real DHCP client; and a host in the world behind it. It has no way to the machine's own
# network. "./mhs lab" builds it for people, the tests for themselves. As root; whoever makes a namespace names it.

home_domain=home.test      # RFC 6761: nobody's
home_router=192.168.77.1   # the network is its /24
home_gateway=203.0.113.1   # RFC 5737: an example's, hence nobody's
home_world=203.0.113.2
home_router_mac=00:00:5e:00:53:01 # RFC 7042 2.1.2: likewise, and not a randomised one

# inside NAMESPACE COMMAND...: runs it there.
inside() { ip netns exec "$@"; }

# make_namespace NAME: nothing is in it but a loopback interface that is up.
make_namespace() {
  ip netns add "$1"
  ip -n "$1" link set lo up
}

# remove_namespace NAME: ends what runs inside first, for a namespace lives on as long as a process is in it.
remove_namespace() {
  [ -e "/run/netns/$1" ] || return 0
  ip netns pids "$1" | while read -r process; do kill -9 "$process" 2>/dev/null || :; done
  ip netns delete "$1"
  rm -rf "/etc/netns/$1"
}

# resolve_at_home NAMESPACE: what is started inside from now on asks the router for names.
resolve_at_home() {
  mkdir -p "/etc/netns/$1" # what "ip netns exec" lays over /etc, see ip-netns(8)
  printf 'nameserver %s\nsearch %s\n' "$home_router" "$home_domain" >"/etc/netns/$1/resolv.conf"
}

# make_router ROUTER FOLDER: a bridge with DHCP and DNS on it. FOLDER takes scripts, leases and logs.
make_router() {
  ip -n "$1" link add lan type bridge forward_delay 0
  ip -n "$1" link set lan address "$home_router_mac" up
  ip -n "$1" address add "$home_router/24" dev lan
  # It goes to the background by itself, and only when it serves.
  inside "$1" dnsmasq --conf-file=/dev/null --no-hosts --no-resolv --no-ping --user=root --pid-file= \
    --log-dhcp "--log-facility=$2/dnsmasq.log" \
    --interface=lan --except-interface=lo --bind-interfaces --dhcp-authoritative \
    --dhcp-range=192.168.77.50,192.168.77.150,1h "--dhcp-leasefile=$2/leases" \
    "--domain=$home_domain" "--local=/$home_domain/" --bogus-priv \
    "--host-record=router.$home_domain,$home_router"
  resolve_at_home "$1"
  # What a lease is turned into. The client's own script would write to /etc/resolv.conf.
  cat >"$2/on-lease" <<'SCRIPT'
#!/bin/sh
case $1 in
  bound | renew)
    ip address replace "$ip/$mask" dev "$interface"
    ip route replace default via "$router"
    ;;
esac
SCRIPT
  chmod +x "$2/on-lease"
}

# make_world ROUTER WORLD: a host behind the router's line, which knows no way to the members.
make_world() {
  ip -n "$1" link add wan type veth peer name eth0 netns "$2"
  ip -n "$1" address add "$home_gateway/24" dev wan
  ip -n "$1" link set wan up
  ip -n "$1" route add default via "$home_world"
  ip -n "$2" address add "$home_world/24" dev eth0
  ip -n "$2" link set eth0 up
  inside "$1" sysctl -q -w net.ipv4.ip_forward=1
  inside "$1" nft 'table ip home {
    chain line {
      type nat hook postrouting priority 100;
      oifname "wan" masquerade
    }
  }'
}

# join_home ROUTER MEMBER PORT MAC NAME FOLDER: plugs a member in, and waits until it has its lease.
join_home() {
  ip -n "$1" link add "$3" type veth peer name eth0 netns "$2"
  ip -n "$1" link set "$3" master lan up
  ip -n "$2" link set eth0 address "$4" up
  resolve_at_home "$2"
  inside "$2" udhcpc -f -q -n -t 20 -T 1 -i eth0 -x "hostname:$5" -s "$6/on-lease"
}

# make_members ROUTER MEMBERS COUNT: so many at one cable, the first at .101. They answer for their addresses, no
# more. The cable's end in the router is port1, which is not plugged in yet.
make_members() {
  inside "$2" sysctl -q -w net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
  inside "$2" sysctl -q -w net.ipv4.conf.all.arp_ignore=1 # or each would answer for all
  ip -n "$1" link add port1 type veth peer name cable netns "$2"
  ip -n "$1" link set port1 up
  ip -n "$2" link set cable up
  seq "$3" | while read -r number; do
    mac=$(printf '00:00:5e:00:53:%02x' "$((100 + number))")
    ip -n "$2" link add "member$number" link cable address "$mac" type macvlan mode bridge
    ip -n "$2" address add "192.168.77.$((100 + number))/24" dev "member$number"
    ip -n "$2" link set "member$number" up
  done
}
