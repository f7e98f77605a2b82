# shellcheck shell=sh
# What a distribution calls things and how it installs them. Needs say, fail, oldest_java, unfit.
# shellcheck disable=SC2154  # oldest_java and unfit are set by jdk.sh

# read_distribution FILE: sets distribution, release, codename, family and pretty from os-release(5).
read_distribution() {
  release_file=$1
  distribution=$(os_value ID) release=$(os_value VERSION_ID) codename=$(os_value VERSION_CODENAME)
  family=" $distribution $(os_value ID_LIKE) " pretty=$(os_value PRETTY_NAME)
  pretty=${pretty:-This system}
}

os_value() {
  [ -r "$release_file" ] || return 0
  sed -n "s/^$1=//p" "$release_file" | sed -e 's/^"\(.*\)"$/\1/' -e "s/^'\(.*\)'\$/\1/"
}

is_debian_like() {
  case $family in *' debian '* | *' ubuntu '*) ;; *) return 1 ;; esac
}

# apt_command PACKAGE...: the command that installs them on a Debian-like system.
apt_command() {
  echo "apt-get update && apt-get install -y --no-install-recommends $*"
}

# jdk_package: what this distribution's own archive calls a JDK that is new enough; nothing if it has none.
jdk_package() {
  case $distribution:$release in
    debian:13* | ubuntu:2[2-5]*) echo openjdk-21-jdk-headless ;;
    debian:1[4-9]* | debian: | ubuntu:2[6-9]* | ubuntu:3*) echo default-jdk-headless ;;
    debian:* | ubuntu:*) apt_offers temurin-21-jdk ;;
    fedora:*) echo java-latest-openjdk-devel ;;
    rhel:* | centos:* | rocky:* | almalinux:*) echo java-21-openjdk-devel ;;
    arch:* | manjaro:* | endeavouros:*) echo jdk-openjdk ;;
    alpine:*) echo openjdk21-jdk ;;
    opensuse*) echo java-21-openjdk-devel ;;
    *) ! is_debian_like || apt_offers openjdk-21-jdk-headless ;;
  esac
}

# apt_offers PACKAGE: prints its name if the archives that apt knows have it.
apt_offers() {
  if LC_ALL=C apt-cache policy "$1" 2>/dev/null | grep -q 'Candidate: [0-9]'; then echo "$1"; fi
}

# jdk_command: the command that installs a JDK here; nothing if we know none.
jdk_command() {
  package=$(jdk_package)
  if [ -n "$package" ]; then
    install_command "$package"
  elif is_debian_like; then
    temurin_command
  fi
}

# temurin_command: Debian 12 and older have no JDK 21 of their own; Eclipse's archive has.
temurin_command() {
  key=/etc/apt/keyrings/adoptium.asc
  suite=${codename:-bookworm}
  cat <<END
apt-get update && apt-get install -y wget ca-certificates && mkdir -p /etc/apt/keyrings &&
wget -qO $key https://packages.adoptium.net/artifactory/api/gpg/key/public &&
echo "deb [signed-by=$key] https://packages.adoptium.net/artifactory/deb $suite main" >/etc/apt/sources.list.d/adoptium.list &&
apt-get update && apt-get install -y temurin-21-jdk
END
}

# install_command PACKAGE...: in the words of this distribution; nothing if we do not know it.
install_command() {
  case $family in
    *' debian '* | *' ubuntu '*) apt_command "$@" ;;
    *' fedora '* | *' rhel '*) echo "dnf install -y $*" ;;
    *' arch '*) echo "pacman -S --needed $*" ;;
    *' alpine '*) echo "apk add $*" ;;
    *' suse '* | *' opensuse '*) echo "zypper install -y $*" ;;
  esac
}

# as_root COMMAND: how an ordinary user runs it.
as_root() {
  if [ "$(id -u)" -eq 0 ] || [ -z "$1" ]; then
    printf '%s\n' "$1"
  elif [ "$(printf '%s\n' "$1" | wc -l)" -eq 1 ] && [ "${1#* && }" = "$1" ]; then
    printf 'sudo %s\n' "$1"
  else
    printf "sudo sh -c '%s'\n" "$1"
  fi
}

# may_install QUESTION: whether we may install packages now: as root on a Debian-like system, without
# asking under CI=true, else only when a person at the terminal agrees.
may_install() {
  [ "$(id -u)" -eq 0 ] && is_debian_like || return 1
  [ "${CI-}" != true ] || return 0
  [ -t 0 ] && [ -t 2 ] || return 1
  printf '%s [Y/n] ' "$1" >&2
  IFS= read -r answer || return 1
  case $answer in '' | [yY]*) ;; *) return 1 ;; esac
}

# install_packages PACKAGE...: installs them if we may; fails if we may not or apt does.
install_packages() {
  may_install "Install $* with apt?" || return 1
  say "Installing $* ..."
  # Standard output belongs to the caller.
  DEBIAN_FRONTEND=noninteractive sh -c "$(apt_command "$@")" >&2
}

# install_jdk: installs a JDK from the distribution, or says how to get one and ends with exit code 1.
install_jdk() {
  read_distribution /etc/os-release
  package=$(jdk_package)
  if [ -n "$package" ] && install_packages "$package"; then return 0; fi
  found=${unfit#, }
  say "MHS needs a JDK $oldest_java or newer, and this machine has none${found:+ (found: $found)}."
  advice=$(jdk_command)
  if [ -z "$advice" ]; then
    say 'Get one from https://adoptium.net/temurin/releases, unpack it anywhere and say where: MHS_JAVA_HOME=/path/to/jdk ./mhs run'
  else
    [ -n "$package" ] || say "$pretty offers none itself, Eclipse Temurin does."
    say "Install it with:
$(as_root "$advice" | sed 's/^/    /')
Or unpack one from https://adoptium.net/temurin/releases anywhere and say where: MHS_JAVA_HOME=/path/to/jdk ./mhs run"
  fi
  exit 1
}

# maven_package: what this distribution calls Maven, where it is 3.8.6 or newer.
maven_package() {
  case $distribution:$release in
    debian:9* | debian:1[01]* | ubuntu:1* | ubuntu:20* | ubuntu:22* | ubuntu:23.04) ;;
    *) echo maven ;;
  esac
}

# install_maven FOUND: installs Maven from the distribution, or says how and ends with exit code 1.
install_maven() {
  read_distribution /etc/os-release
  package=$(maven_package)
  if [ -n "$package" ] && [ -z "$1" ] && install_packages "$package"; then return 0; fi
  say "MHS is built with Maven 3.8.6 or newer, and this machine has ${1:-none}."
  advice=
  [ -z "$package" ] || advice=$(install_command "$package")
  if [ -n "$advice" ]; then
    say "Install it with:
$(as_root "$advice" | sed 's/^/    /')"
  else
    say 'Unpack one from https://maven.apache.org/download.cgi and put its bin folder first on the PATH.'
  fi
  exit 1
}
