#!/usr/bin/env bash
# Imprime une part des documents dans out/pdf, par exemple 2/3. La première part garde aussi le site.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

part="${1:-1/1}"
jalon build --site staff --shard "$part"
case "$part" in
  1/*) ;;
  *) rm -rf out/staff ;;
esac
