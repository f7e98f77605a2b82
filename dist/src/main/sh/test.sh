# shellcheck shell=sh
# Every test, and an honest word about those that cannot run here. Needs say, fail, use, root, find_build_tools.
# shellcheck disable=SC2154  # root is set by mhs, stamp by build.sh

# What the tests need beyond the JDK and Maven, the one list: a program, the Debian package that has it, and
# the group of tests that needs it. A group of Java tests is a JUnit tag; js and scripts are run from here.
# Run by Maven directly, a Java test whose program is missing fails and names it.
test_needs() {
  cat <<'END'
ip iproute2 netns
dnsmasq dnsmasq-base netns
udhcpc udhcpc netns
iperf3 iperf3 netns
nft nftables netns
conntrack conntrack netns
libpcap libpcap0.8 netns
nmap nmap netns
curl curl netns
curl curl documents
git git documents
python3 python3-minimal documents
chromium chromium browser
node nodejs js
nginx nginx-light proxy
shellcheck shellcheck scripts
mmdebstrap mmdebstrap debian
lintian lintian debian
dpkg-deb dpkg debian
END
}

mhs_test() {
  [ $# -eq 0 ] || usage "test takes no arguments, not \"$*\"."
  use packages
  read_distribution /etc/os-release
  find_build_tools
  began=$(date +%s)
  missing=$(missing_packages)
  # shellcheck disable=SC2086  # several packages are several words
  if [ -n "$missing" ] && install_packages $missing; then missing=$(missing_packages); fi
  skipped_groups=$(groups_without_packages)
  may_make_namespaces=true
  may_have_debian=true
  if is_there ip && ! can_make_namespaces; then
    may_make_namespaces=false
    skipped_groups="$skipped_groups netns"
  fi
  if ! is_skipped debian && ! is_skipped netns && ! has_debian; then
    may_have_debian=false
    skipped_groups="$skipped_groups debian"
  fi
  failed=
  run_java_tests || failed="$failed, Java"
  is_skipped js || run_js_tests || failed="$failed, JavaScript"
  is_skipped scripts || run_shellcheck || failed="$failed, scripts"
  summary
}

# is_there PROGRAM: whether it can be started. Chromium has more than one name.
is_there() {
  case $1 in
    libpcap) PATH=$PATH:/usr/sbin:/sbin ldconfig -p | grep 'libpcap\.so' ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    *) PATH=$PATH:/usr/sbin:/sbin command -v "$1" ;;
  esac >/dev/null
}

# missing_packages: the packages to install, on one line.
missing_packages() {
  test_needs | while read -r program package group; do
    is_there "$program" || printf '%s ' "$package"
  done
}

groups_without_packages() {
  test_needs | while read -r program package group; do
    is_there "$program" || printf '%s ' "$group"
  done
}

# can_make_namespaces: makes one and removes it, for a container's root may not.
can_make_namespaces() {
  probe=mhs-probe-$$
  ip netns add "$probe" 2>/dev/null && ip netns delete "$probe"
}

# has_debian: whether the clean Debian of the tests is there or can be fetched, and laid over by a test's own files.
has_debian() {
  debian_log=$root/dist/target/debian.log
  mkdir -p "$root/dist/target"
  if "$root/dist/src/test/sh/debian.sh" >/dev/null 2>"$debian_log"; then
    return 0
  fi
  tail -n 5 "$debian_log" >&2
  return 1
}

is_skipped() {
  case " $skipped_groups " in *" $1 "*) ;; *) return 1 ;; esac
}

# run_java_tests: most of them wait most of the time, so modules and classes run side by side at first. Those
# tagged "alone" measure what others would disturb, or disturb others: they run one after the other when all is quiet.
run_java_tests() {
  find "$root" -path '*/target/*-reports/TEST-*.xml' -delete
  excluded=
  for group in netns browser js proxy debian documents; do
    if is_skipped "$group"; then excluded="$excluded,$group"; fi
  done
  alone=$(modules_with_tests_alone)
  before=$(sources)
  mkdir -p "$root/dist/target"
  # Nobody builds meanwhile; what is built here, "run" need not build again.
  (
    flock 9
    rm -f "$stamp"
    status=0
    maven_verify -T 2 -Dtest.forks=3 "-DexcludedGroups=alone$excluded" || status=1
    if [ -n "$alone" ]; then
      # Reports of their own: a class may have tests of both kinds.
      maven_verify -pl "$alone" -am -Dgroups=alone -Dsurefire.reportNameSuffix=alone \
        ${excluded:+"-DexcludedGroups=${excluded#,}"} || status=1
    fi
    if [ $status -eq 0 ]; then printf '%s\n' "$before" >"$stamp"; fi
    exit $status
  ) 9>"$root/dist/target/mhs.lock"
}

maven_verify() {
  (cd "$root" && mvn -B -ntp --fail-at-end "$@" verify)
}

# modules_with_tests_alone: with commas between them.
modules_with_tests_alone() {
  find "$root" -path "$root/*/src/test/java/*" -name '*.java' -exec grep -l '^ *@Tag("alone")' {} + |
    sed "s|^$root/||; s|/.*||" | sort -u | paste -s -d , -
}

# run_js_tests: every test's line is of interest only when one fails.
run_js_tests() {
  say 'JavaScript tests ...'
  js_log=$root/dist/target/js-tests.log
  if (cd "$root" && find mhs-*/src/test/js -name '*.test.mjs' -exec node --test {} +) >"$js_log" 2>&1; then
    say "JavaScript: $(sed -n 's/^[^0-9a-z]* tests \([0-9]*\)$/\1/p' "$js_log") tests passed"
  else
    cat "$js_log"
    return 1
  fi
}

run_shellcheck() {
  say 'shellcheck ...'
  scripts_of_project | (cd "$root" && xargs shellcheck -x)
}

# scripts_of_project: each file that a shell runs.
scripts_of_project() {
  (
    cd "$root" || exit
    find . \( -name target -o -name .git -o -name data \) -prune -o -type f \( -perm -100 -o -name '*.sh' \) -print
  ) | while IFS= read -r path; do
    IFS= read -r first <"$root/$path" || :
    case $first in '#!'*sh | '#!'*sh' '* | '# shellcheck shell='*) printf '%s\n' "$path" ;; esac
  done
}

# summary: what passed, what was skipped (by name, with the remedy), what failed. Its status is that of the tests.
# A module whose tests fail keeps those that depend on it from being tested: Maven's own summary names them.
summary() {
  say ''
  say "Java: $(count_java_tests). $(is_skipped js || echo 'JavaScript and ')scripts checked in all $(($(date +%s) - began)) s."
  name_skipped
  case ${CI-}:$missing in
    true:?*) failed="$failed, packages are missing and CI=true allows no skips" ;;
  esac
  java_tests_with '<(failure|error)' | sed 's/^/FAILED: /' >&2
  if [ -n "$failed" ]; then fail "FAILED: ${failed#, }."; fi
  say 'All tests that ran passed.'
}

count_java_tests() {
  find "$root" -path '*/target/*-reports/TEST-*.xml' -exec grep -h '<testsuite ' {} + | awk '
    { for (i = 1; i <= NF; i++) { split($i, pair, "\""); n[pair[1]] += pair[2] } }
    END { printf "%d tests, %d failed, %d skipped", n["tests="], n["failures="] + n["errors="], n["skipped="] }'
}

# name_skipped: each test that did not run, by name, and the command that would enable it.
name_skipped() {
  java_tests_with '<skipped' | sed 's/^/SKIPPED by itself: /' >&2
  for group in $(echo "$skipped_groups" | tr ' ' '\n' | sort -u); do
    tests_in_group "$group" | sed 's/^/SKIPPED: /' >&2
  done
  if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    say "Missing here: $missing
To enable those tests:
$(as_root "$(install_command $missing)" | sed 's/^/    /')"
  fi
  $may_have_debian || say "The clean Debian of the tests could not be fetched or mounted; dist/target/debian.log says why."
  $may_make_namespaces || say 'Tests in network namespaces need root and the right to make namespaces: sudo ./mhs test'
}

tests_in_group() {
  case $1 in
    scripts) echo 'shellcheck of the scripts' ;;
    *)
      [ "$1" != js ] || echo 'the JavaScript tests (mhs-server/src/test/js)'
      grep -rl --include='*.java' "@Tag(\"$1\")" "$root"/*/src/test/java | sed 's|.*/||; s|\.java$||'
      ;;
  esac
}

# java_tests_with ELEMENT: class and method of each test whose report has an element like "<failure".
java_tests_with() {
  find "$root" -path '*/target/*-reports/TEST-*.xml' -exec awk -v "element=$1" '
    /<testcase / { match($0, /name="[^"]*"/); name = substr($0, RSTART + 6, RLENGTH - 7)
                   match($0, /classname="[^"]*"/); class = substr($0, RSTART + 11, RLENGTH - 12) }
    $0 ~ element { print class "." name }' {} +
}
