# Ce que les autres scripts partagent : ils travaillent à la racine du dépôt, avec le programme installé.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PWD/.jalon/bin:$PATH"
