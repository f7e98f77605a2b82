#!/bin/sh
# Becomes the systemd of a machine whose files are those of LAYERS (the upper one first, with colons between them), changed
# only in FOLDER. To be run as the first process of new namespaces of processes, mounts and the like:
#
#   unshare --mount --pid --ipc --uts --fork --kill-child boot.sh LAYERS FOLDER NAME
#
# FOLDER/host is /host in there. A systemd takes the cgroup in which it finds itself for the root of all: it gets one of its
# own, NAME, or it would end the services of the machine beside it that are called as its own are. Once the machine is off,
# "unshare --mount --cgroup boot.sh --forget NAME" removes that again.
set -eu

# at_cgroups: mounts the tree that begins with the cgroup of whoever calls this.
at_cgroups() {
  mount --make-rprivate /
  mount -t cgroup2 cgroup2 /mnt
}

case $#-$1 in
  3-*)
    at_cgroups
    mkdir "/mnt/$3"
    echo 0 >"/mnt/$3/cgroup.procs"
    umount /mnt
    exec unshare --cgroup "$0" "$1" "$2"
    ;;
  2---forget)
    at_cgroups
    find "/mnt/$2" -depth -type d -exec rmdir {} \;
    exit
    ;;
esac

layers=$1
folder=$2
root=$folder/root

mkdir -p "$root" "$folder/changes" "$folder/work" "$folder/host"
mount --make-rprivate /
mount -t overlay overlay -o "lowerdir=$layers,upperdir=$folder/changes,workdir=$folder/work" "$root"
cd "$root"
mkdir -p host old
mount --bind "$folder/host" host
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  : >"dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
: >dev/console
ln -s /proc/self/fd dev/fd
mkdir dev/shm dev/pts
mount -t tmpfs tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
hostname mhs-debian
pivot_root . old
umount -l old
exec env -i container=mhs-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=multi-user.target --log-target=console </dev/null >/dev/console 2>&1
