# shellcheck shell=sh
# The settings: asked for once, and never changed after that. Needs install-common.sh.
# shellcheck disable=SC2154  # unattended, release are set by install.sh, places by install-common.sh

write_settings() {
  if [ -e "$settings" ]; then
    chmod 600 "$settings"
    return 0
  fi
  answers=
  if $unattended; then take_given; else ask_all; fi
  # Never readable by others, not even for a moment.
  (
    umask 077
    {
      cat "$release/mhs.env"
      if [ -n "$answers" ]; then printf '\n# As answered at the installation\n%s' "$answers"; fi
    } >"$settings.new"
  )
  mv "$settings.new" "$settings"
}

# take_given: what stands in the variables by which MHS itself reads these settings.
take_given() {
  for name in ROUTER_HOST ROUTER_USER ROUTER_PASS SWITCH_HOST SWITCH_USER SWITCH_PASS DASHBOARD_USER DASHBOARD_PASS APP_HOST APP_PORT; do
    eval "value=\${$name-}"
    [ -z "$value" ] || keep "$name" "$value"
  done
}

ask_all() {
  say 'What stands in brackets is taken when you press Enter. All of it can be changed later, in '"$settings."
  say ''
  say 'A MikroTik router (RouterOS 7), as HOST or HOST:PORT. Without one MHS shows what this machine sees by itself.'
  ask router_host 'Router' ''
  if [ -n "$router_host" ]; then
    ask router_user 'User on the router' mhs
    ask_secretly router_pass "That user's password"
    keep ROUTER_HOST "$router_host"
    keep ROUTER_USER "$router_user"
    keep ROUTER_PASS "$router_pass"
  fi
  ask switch_host 'RouterOS switches, with commas between them' ''
  if [ -n "$switch_host" ]; then
    ask switch_user 'User on the switches' "${router_user:-mhs}"
    ask_secretly switch_pass "That user's password${router_pass:+; Enter takes that of the router}" "${router_pass-}"
    keep SWITCH_HOST "$switch_host"
    keep SWITCH_USER "$switch_user"
    keep SWITCH_PASS "$switch_pass"
  fi
  say ''
  say 'A password for the page. Without one everybody on your network may look, and set limits where there is a router.'
  ask_secretly page_pass 'Password for the page'
  if [ -n "$page_pass" ]; then
    ask page_user 'User for the page' admin
    keep DASHBOARD_USER "$page_user"
    keep DASHBOARD_PASS "$page_pass"
  fi
}

# ask VARIABLE QUESTION DEFAULT: sets the variable. The end of the input is as good as Enter.
ask() {
  printf '%s [%s]: ' "$2" "${3:-none}" >&2
  IFS= read -r answer || say ''
  answer=${answer:-$3}
  eval "$1=\$answer"
}

# ask_secretly VARIABLE QUESTION [DEFAULT]: the same without showing what is typed, or the default.
ask_secretly() {
  printf '%s [%s]: ' "$2" "$([ -n "${3-}" ] && echo kept || echo none)" >&2
  if [ -t 0 ]; then
    heed_signals 'stty echo'
    stty -echo
    IFS= read -r answer || :
    stty echo
    heed_signals
    say ''
  else
    IFS= read -r answer || say ''
  fi
  answer=${answer:-${3-}}
  eval "$1=\$answer"
}

# keep VARIABLE VALUE: adds it to answers, quoted so that systemd (systemd.exec(5), EnvironmentFile) and a shell read the same.
keep() {
  special='[\"`$]'
  quoted=$(printf '%s\n' "$2" | sed "s/$special/\\\\&/g")
  answers="$answers$1=\"$quoted\"
"
}
