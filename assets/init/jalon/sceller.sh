#!/usr/bin/env bash
# La place du scellé de chaque nuit.
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/commun.sh"

echo "Rien n’est encore scellé : cette version de jalon ne sait pas dater l’état du dépôt de façon opposable."
echo "Cette tâche est prête pour le jour où elle le saura ; d’ici là, elle ne prouve rien."
