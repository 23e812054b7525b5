#!/usr/bin/env bash
# Rassemble dans public/ le site et les documents que les autres machines ont faits.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

rm -rf public
mkdir public
cp -R out/staff out/pdf public/
find public -name .jalon-manifest -delete
printf '<!doctype html><html lang="fr"><meta charset="utf-8"><title>Suivi des compétences</title><meta http-equiv="refresh" content="0; url=staff/index.html"><a href="staff/index.html">Entrer</a></html>\n' > public/index.html
