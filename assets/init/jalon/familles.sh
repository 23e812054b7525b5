#!/usr/bin/env bash
# Écrit dans out/family le site des familles, avec les documents que les autres machines ont imprimés. Le secret
# vient de la variable protégée JALON_SECRET.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

jalon build --site family --printed out/pdf
