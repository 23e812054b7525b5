#!/usr/bin/env bash
# Vérifie les fichiers. Premier argument : d’où part la proposition, rien sur la branche principale ; les
# autres vont à « jalon check ».
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

base="${1:-}"
shift || true

if [ -n "$base" ]; then
  # Ce que la proposition change : chacun n’écrit que ce qui lui revient, rien de verrouillé ne bouge.
  jalon check --base "$base" "$@"
else
  # La branche principale, puis tout son historique : les deux se disent, même si la première échoue.
  fin=0
  jalon check "$@" || fin=$?
  jalon audit || fin=$?
  exit "$fin"
fi
