#!/bin/sh
# Makes the list of makers that MHS carries from IEEE's registries as Debian packages them (apt install ieee-data):
#     mhs-core/src/main/oui/make.sh /usr/share/ieee-data >mhs-core/src/main/resources/dev/mhs/core/maker/makers.txt
# A line is a maker and, after a tab, its prefixes: 6 digits (MA-L), 7 (MA-M) or 9 (MA-S, IAB).
set -eu
from=${1:?where the registries are, such as /usr/share/ieee-data}
cat <<END
# The makers of network interfaces by the prefixes of their addresses.
# Origin: the public listings MA-L, MA-M, MA-S and IAB of the IEEE Registration Authority (https://standards.ieee.org/products-programs/regauth/),
# by way of Debian's package ieee-data ${2:-}. IEEE asserts no copyright in them and does not restrict their distribution (public domain).
# Made by src/main/oui/make.sh; private registrations and those of the registry itself are left out.
END
cd "$from"
LC_ALL=C awk -F '\t+' '
  /\(hex\)/ { block = substr($1, 1, 8); gsub("-", "", block) }
  /\(base 16\)/ {
    name = $0; sub(/.*\(base 16\)[ \t]*/, "", name)
    gsub(/[^ -~]/, "", name); gsub(/  +/, " ", name); sub(/^ /, "", name); sub(/ $/, "", name)
    if (name == "" || name == "Private" || name ~ /^IEEE Registration Authority/) next
    digits = FILENAME == "oui.txt" ? 0 : FILENAME == "mam.txt" ? 1 : 3
    print substr(name, 1, 60) "\t" block substr($1, 1, digits)
  }' oui.txt mam.txt oui36.txt iab.txt | LC_ALL=C sort -u | LC_ALL=C awk -F '\t' '
  $1 != before { if (NR > 1) printf "\n"; printf "%s\t%s", $1, $2; before = $1; next }
  { printf " %s", $2 }
  END { printf "\n" }'
