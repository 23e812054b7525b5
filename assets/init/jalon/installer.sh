#!/usr/bin/env bash
# Rend jalon utilisable sur la machine de la forge, et avec --imprimer un navigateur. Rien n’est compilé :
# le programme est dans l’image, ou se télécharge, et son empreinte est vérifiée.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

arret() {
  echo "$1" >&2
  exit 1
}

paquets() {
  command -v apt-get >/dev/null || arret "Il manque $* sur cette machine."
  local administrateur=()
  [ "$(id -u)" = 0 ] || administrateur=(sudo)
  "${administrateur[@]}" apt-get update -qq
  "${administrateur[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# Le dossier appartient parfois à un autre compte de la machine : sans cette ligne, son historique ne se lit pas.
if [ -n "${CI:-}" ]; then
  printf '[safe]\n\tdirectory = %s\n' "$PWD" >> "$HOME/.gitconfig"
fi

if ! command -v jalon >/dev/null; then
  [ -n "${JALON_ADRESSE:-}" ] || arret "Complétez la variable JALON_ADRESSE (d’où télécharger jalon), ou choisissez une image qui l’a déjà : docs/pipelines.md."
  [ -n "${JALON_SHA256:-}" ] || arret "Complétez la variable JALON_SHA256, l’empreinte du programme : docs/pipelines.md."
  command -v curl >/dev/null || paquets ca-certificates curl
  mkdir -p .jalon/bin
  curl --fail --silent --show-error --location --retry 3 --output .jalon/bin/recu "${JALON_ADRESSE//VERSION/${JALON_VERSION:-}}"
  echo "$JALON_SHA256  .jalon/bin/recu" | sha256sum --check --quiet \
    || arret "Le programme reçu n’est pas celui qui est attendu : JALON_SHA256 ne correspond pas."
  chmod +x .jalon/bin/recu
  mv .jalon/bin/recu .jalon/bin/jalon
fi

version=$(jalon --version)
if [ -n "${JALON_VERSION:-}" ] && [ "$version" != "jalon $JALON_VERSION" ]; then
  arret "C’est « $version » qui est installé ; JALON_VERSION demande $JALON_VERSION."
fi
echo "$version"

if [ "${1:-}" = --imprimer ] && [ -z "${CHROME:-}" ] \
  && ! command -v chromium-headless-shell chromium google-chrome >/dev/null; then
  paquets chromium-headless-shell
fi
