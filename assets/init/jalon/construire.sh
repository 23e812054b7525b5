#!/usr/bin/env bash
# Écrit dans out/staff le site d’une proposition, sans les documents à imprimer.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

jalon build --site staff --no-pdf
