/* Aide à la recopie dans LSL Pro : « Copier », et la coche « recopié », gardée dans ce navigateur seulement.
   La clé d'une coche vient de l'élève et de la valeur : une valeur changée n'est plus cochée.
   Sans ce script, la page se lit et se recopie à la main. */
(function () {
  'use strict';

  var NOM = 'jalon-lsl';
  var coches = lire();

  function lire() {
    try { return JSON.parse(localStorage.getItem(NOM)) || {}; } catch (e) { return {}; }
  }
  function garder() {
    try { localStorage.setItem(NOM, JSON.stringify(coches)); return true; } catch (e) { return false; }
  }
  function dire(fait, tout) {
    return fait + (fait > 1 ? ' valeurs recopiées sur ' : ' valeur recopiée sur ') + tout;
  }

  /* La page d'un élève */
  var cases = Array.from(document.querySelectorAll('input[data-cle]'));
  var bilan = document.querySelector('[data-avancement]');
  function compter(avant) {
    var fait = cases.filter(function (c) { return c.checked; }).length;
    bilan.querySelector('[role="status"]').textContent = (avant || '') + dire(fait, cases.length) + '.';
  }
  function marquer(c, oui) {
    c.checked = oui;
    if (oui) coches[c.dataset.cle] = 1; else delete coches[c.dataset.cle];
    c.closest('div').classList.toggle('fait', oui);
  }
  if (bilan && garder()) {
    cases.forEach(function (c) {
      marquer(c, !!coches[c.dataset.cle]);
      c.parentNode.hidden = false;
      c.addEventListener('change', function () {
        coches = lire();                                   // une autre page ouverte a pu cocher
        marquer(c, c.checked);
        garder();
        compter();
      });
    });
    bilan.querySelector('[data-effacer]').addEventListener('click', function () {
      coches = lire();
      cases.forEach(function (c) { marquer(c, false); });
      garder();
      compter();
    });
    document.querySelector('[data-aide]').hidden = false;
    bilan.hidden = cases.length === 0;
    compter();
  }

  /* « Copier » */
  document.querySelectorAll('button[data-copier]').forEach(function (b) {
    if (!navigator.clipboard) return;
    b.hidden = false;
    b.addEventListener('click', function () {
      var valeur = document.getElementById(b.dataset.copier);
      navigator.clipboard.writeText(valeur.textContent).then(function () {
        document.querySelectorAll('.copie').forEach(function (autre) { autre.classList.remove('copie'); });
        b.classList.add('copie');
        compter('Copié. ');
      }, function () {                                     // refusé par le navigateur : le texte est choisi, prêt à copier
        getSelection().selectAllChildren(valeur);
      });
    });
  });

  /* Le tableau d'une classe : combien de valeurs de chaque élève */
  var classe = document.querySelector('[data-classe]');
  function classer() {
    coches = lire();
    var finis = 0;
    var cellules = Array.from(document.querySelectorAll('td[data-cles]'));
    cellules.forEach(function (td) {
      var cles = td.dataset.cles.split(' ').filter(Boolean);
      var fait = cles.filter(function (cle) { return coches[cle]; }).length;
      if (cles.length && fait === cles.length) finis += 1;
      td.textContent = cles.length ? fait + '/' + cles.length : '–';
      td.classList.toggle('prete', cles.length > 0 && fait === cles.length);
    });
    classe.querySelector('[role="status"]').textContent =
      finis + (finis > 1 ? ' élèves entièrement recopiés sur ' : ' élève entièrement recopié sur ') + cellules.length + '.';
  }
  if (classe && garder()) {
    document.querySelectorAll('.recopies').forEach(function (e) { e.hidden = false; });
    classe.hidden = false;
    classer();
    addEventListener('pageshow', classer);
    addEventListener('storage', classer);
  }
})();
