# shellcheck shell=sh
# Finding a Java. Fast: it reads each Java's "release" file and starts none that has one.
# Needs say, fail, root.
# shellcheck disable=SC2154  # root is set by mhs

oldest_java=21

# jdk_folders: the usual folders below which Javas are installed, one for each line.
jdk_folders() {
  printf '%s\n' /usr/lib/jvm /opt "${HOME:-/nonexistent}/.sdkman/candidates/java" "${HOME:-/nonexistent}/.jdks"
}

# read_major HOME: sets major to the feature release (17, 21 …) of the Java there, or to 0.
read_major() {
  version=
  if [ -r "$1/release" ]; then
    while IFS='=' read -r key value; do
      if [ "$key" = JAVA_VERSION ]; then
        value=${value#\"}
        version=${value%\"}
        break
      fi
    done <"$1/release"
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.version = //p') || version=
  fi
  major=${version%%[!0-9]*} # 25.0.3 → 25, 26-ea → 26, 1.8.0_402 → 1
  major=${major:-0}
}

# is_fit HOME run|build: whether the Java there is new enough and, for build, has a compiler. Sets major.
# Remembers one that is too old in unfit, for the message.
is_fit() {
  major=0
  [ -x "$1/bin/java" ] || return 1
  if [ "$2" = build ] && ! [ -x "$1/bin/javac" ]; then
    unfit="$unfit, one without a compiler in $1"
    return 1
  fi
  read_major "$1"
  [ "$major" -lt "$oldest_java" ] || return 0
  # Distributions link one Java under several names.
  [ -L "$1" ] || case $unfit in *" in $1" | *" in $1,"*) ;; *) unfit="$unfit, $major in $1" ;; esac
  return 1
}

# home_of PROGRAM: sets home to the Java that a program on the PATH belongs to, or fails.
home_of() {
  home=$(command -v "$1") || return 1
  home=$(readlink -f -- "$home") || return 1
  home=${home%/bin/*}
}

# find_java run|build: sets java_home to a Java of 21 or newer, which for build has a compiler; fails
# when there is none. What somebody named comes first; of what lies about, the newest.
find_java() {
  unfit=
  if [ -n "${MHS_JAVA_HOME-}" ]; then
    is_fit "$MHS_JAVA_HOME" "$1" || fail "MHS_JAVA_HOME=$MHS_JAVA_HOME is no JDK $oldest_java or newer."
    java_home=$MHS_JAVA_HOME
    return 0
  fi
  for java_home in "${JAVA_HOME-}" "$root/runtime"; do
    if [ -n "$java_home" ] && is_fit "$java_home" "$1"; then return 0; fi
  done
  for program in javac java; do
    if home_of "$program" && is_fit "$home" "$1"; then
      java_home=$home
      return 0
    fi
  done
  find_newest_java "$1"
}

# find_newest_java run|build: the same, among the usual folders only.
find_newest_java() {
  java_home=
  newest=0
  folders=$(jdk_folders)
  while IFS= read -r folder; do
    for home in "$folder"/*; do
      if is_fit "$home" "$1" && [ "$major" -gt "$newest" ]; then
        java_home=$home
        newest=$major
      fi
    done
  done <<END
$folders
END
  [ -n "$java_home" ]
}

# no_java: says what is missing and how to get it; where allowed, installs it and returns.
no_java() {
  use packages
  install_jdk
  find_java build || fail "Installed a JDK, but still cannot find one of $oldest_java or newer."
}
