#!/bin/sh
# Prints the folder that holds two clean Debian 13 systems for the tests: base, without any Java, and java, which laid over
# base has Debian's. Fetches them from the Debian mirror that this machine uses, once; they are kept in the user's cache.
# Needs root, mmdebstrap and the right to mount.
# shellcheck disable=SC2016  # apt and the inner shell expand these
set -eu

# What is not in a minimal Debian. When this changes, the number in the folder's name does.
packages=iproute2,nftables,libpcap0.8t64,systemd,systemd-sysv,procps,ca-certificates
folder=${XDG_CACHE_HOME:-$HOME/.cache}/mhs/debian-13-1-$(uname -m)

say() { printf '%s\n' "$*" >&2; }

# mirror: the one that apt uses here; nothing where there is none, and mmdebstrap takes Debian's own.
mirror() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null | head -n 1 || :
}

# fetch_base: without documents, and without waiting for the disk after each file.
fetch_base() {
  say 'Fetching a clean Debian 13 for the tests (once, about a minute) ...'
  mirror=$(mirror)
  mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    trixie "$folder/base.new" ${mirror:+"$mirror"} >&2
  # What is left out here, a package that is tested is not to miss.
  rm -f "$folder"/base.new/etc/dpkg/dpkg.cfg.d/*mmdebstrap*
  mv "$folder/base.new" "$folder/base"
}

# fetch_java: only what that adds is kept.
fetch_java() {
  rm -rf "$folder/java.new" "$folder/work" "$folder/root"
  mkdir -p "$folder/java.new" "$folder/work" "$folder/root"
  unshare --mount sh -eu -c '
    cd "$1"
    mount -t overlay overlay -o lowerdir=base,upperdir=java.new,workdir=work root
    mount -t proc proc root/proc
    mount --bind /dev root/dev
    cp /etc/resolv.conf root/etc/resolv.conf
    export DEBIAN_FRONTEND=noninteractive
    mkdir -p root/usr/share/man/man1 # links to pages go there
    chroot root apt-get -q update
    chroot root apt-get -q install -y --no-install-recommends -o Dpkg::Options::=--force-unsafe-io adduser openjdk-21-jre-headless
    chroot root apt-get clean
    rm -rf root/var/lib/apt/lists/*
  ' sh "$folder" >&2
  mv "$folder/java.new" "$folder/java"
  rm -rf "$folder/work" "$folder/root"
}

# A systemd needs these to boot (boot.sh); containers often lack the right.
unshare --mount --pid --cgroup --ipc --uts --fork sh -euc 'mount --make-rprivate /; mount -t tmpfs tmpfs /mnt; mount -t cgroup2 cgroup2 /mnt' ||
  {
    say 'Namespaces in which a systemd could boot cannot be made here.'
    exit 1
  }
mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
rm -rf "$folder/base.new"
[ -d "$folder/base" ] || fetch_base
[ -d "$folder/java" ] || fetch_java
printf '%s\n' "$folder"
