// Recharge la page quand l'aperçu en montre une version plus récente.
{
  const affichee = document.currentScript.dataset.generation;
  let flux = null;
  const taire = () => { if (flux) flux.close(); flux = null; };
  const ecouter = () => {
    if (flux || document.hidden) return;
    flux = new EventSource("/_jalon/evenements");
    flux.onmessage = (message) => { if (message.data !== affichee) location.reload(); };
    flux.onerror = () => {
      if (flux && flux.readyState === EventSource.CLOSED) { taire(); setTimeout(ecouter, 2000); }
    };
  };
  // Un onglet caché n'écoute pas : un navigateur n'ouvre que six connexions à la fois.
  document.addEventListener("visibilitychange", () => (document.hidden ? taire() : ecouter()));
  addEventListener("pagehide", taire);
  addEventListener("pageshow", ecouter);
  ecouter();
}
