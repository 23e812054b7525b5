/* Filtres du tableau de bord : unité (tbody data-u) et type d'évaluation (th data-t) ; des lettres des familles :
   état (tr data-e).
   Sans ce script, tout est affiché et la barre de filtres reste cachée. */
(function () {
  'use strict';

  var barre = document.getElementById('filtres');
  var table = document.querySelector('table.tdb, table.cpt');
  if (barre && table) activer(barre, table);

  function activer(barre, table) {
    var etat = barre.querySelector('[role="status"]');
    var groupes = Array.from(table.tBodies);
    var tetes = Array.from(table.querySelectorAll('.ev th[data-t]'));      // vide en vue compacte
    var bandes = Array.from(table.querySelectorAll('.niv th[data-n]'));    // Seconde, Première…
    var cols = Array.from(table.querySelectorAll('col[data-ev]'));
    var compteurs = Array.from(barre.querySelectorAll('b[data-nb]'));

    /* ce que chaque colonne contient : la liste des groupes où elle a un résultat */
    var presence = tetes.map(function (_, i) {
      return groupes.map(function (g) {
        return Array.from(g.rows).some(function (l) { return lisible(l) && l.cells[i + 1].firstChild; });
      });
    });

    function lisible(ligne) { return !ligne.className; }                   // ni .cp ni .pr : un critère

    function lire() {
      var types = {};
      barre.querySelectorAll('input[name="t"]').forEach(function (c) { types[c.value] = c.checked; });
      return { unite: barre.querySelector('input[name="u"]:checked').value, types: types };
    }

    function colonnes(choix) {
      var nombre = {}, visibles = 0;
      tetes.forEach(function (th, i) {
        var concernee = presence[i].some(function (p, g) { return p && !groupes[g].hidden; });
        var montre = concernee && choix.types[th.dataset.t];
        if (concernee) nombre[th.dataset.t] = (nombre[th.dataset.t] || 0) + 1;
        if (montre) visibles += 1;
        th.hidden = !montre;
        if (cols[i]) cols[i].hidden = !montre;
        groupes.forEach(function (g) {
          Array.from(g.rows).forEach(function (l) { if (lisible(l)) l.cells[i + 1].hidden = !montre; });
        });
      });
      bandes.forEach(function (b) {
        var n = tetes.filter(function (th) { return th.dataset.n === b.dataset.n && !th.hidden; }).length;
        b.hidden = n === 0;
        b.colSpan = n || 1;
      });
      table.querySelectorAll('.cp > th, .pr > th').forEach(function (th) { th.colSpan = visibles + 1; });
      return { nombre: nombre, visibles: visibles, total: tetes.length, mot: 'évaluation' };
    }

    /* Vue compacte : les mêmes évaluations, comptées une fois chacune, par leur numéro (data-e). */
    function pastilles(choix) {
      var vues = {}, nombre = {}, total = {}, visibles = {};
      table.querySelectorAll('.suite > i').forEach(function (p) {
        var montre = choix.types[p.dataset.t] !== false;
        p.hidden = !montre;
        total[p.dataset.e] = true;
        if (p.closest('tbody').hidden) return;
        if (!vues[p.dataset.e]) nombre[p.dataset.t] = (nombre[p.dataset.t] || 0) + 1;
        vues[p.dataset.e] = true;
        if (montre) visibles[p.dataset.e] = true;
      });
      return {
        nombre: nombre, visibles: Object.keys(visibles).length, total: Object.keys(total).length, mot: 'évaluation'
      };
    }

    function appliquer() {
      var choix = lire();
      groupes.forEach(function (g) { g.hidden = choix.unite !== '' && g.dataset.u !== choix.unite; });
      var fait = tetes.length ? colonnes(choix) : pastilles(choix);
      compteurs.forEach(function (c) { c.textContent = fait.nombre[c.dataset.nb] || 0; });
      var pluriel = fait.visibles > 1 ? 's' : '';
      etat.textContent = fait.visibles === fait.total ? ''
        : fait.visibles + ' ' + fait.mot + pluriel + ' affichée' + pluriel + ' sur ' + fait.total;
    }

    barre.hidden = false;
    barre.addEventListener('change', appliquer);
    barre.addEventListener('submit', function (e) { e.preventDefault(); });
    if (tetes.length && !location.hash) table.parentNode.scrollLeft = table.offsetWidth;   // d'abord le plus récent
    appliquer();                                                           // le navigateur peut rétablir d'anciens choix
  }

  /* Lettres du site des familles : les élèves dont une lettre est dans l'état choisi, et leurs classes. */
  var lettres = document.getElementById('lettres');
  if (lettres) {
    var eleves = Array.from(document.querySelectorAll('tr[data-e]'));
    var trier = function () {
      var etat = lettres.querySelector('input[name="e"]:checked').value;
      var nombre = 0;
      eleves.forEach(function (l) {
        l.hidden = etat !== '' && l.dataset.e.split(' ').indexOf(etat) < 0;
        if (!l.hidden) nombre += 1;
        l.querySelectorAll('li').forEach(function (li) {
          li.classList.toggle('autre', etat !== '' && !li.querySelector('.l-' + etat));
        });
      });
      document.querySelectorAll('.classe-lettres').forEach(function (c) {
        c.hidden = !c.querySelector('tr[data-e]:not([hidden])');
      });
      lettres.querySelector('[role="status"]').textContent = etat === '' ? ''
        : nombre + (nombre > 1 ? ' élèves affichés' : ' élève affiché') + ' sur ' + eleves.length;
    };
    lettres.hidden = false;
    lettres.addEventListener('change', trier);
    lettres.addEventListener('submit', function (e) { e.preventDefault(); });
    trier();
  }

  /* Boutons « Copier » (cachés sans script) : data-copier = identifiant du texte */
  document.querySelectorAll('button[data-copier]').forEach(function (b) {
    if (!navigator.clipboard) return;
    b.hidden = false;
    b.addEventListener('click', function () {
      navigator.clipboard.writeText(document.getElementById(b.dataset.copier).textContent).then(function () {
        b.nextElementSibling.textContent = 'Texte copié.';
      });
    });
  });
})();
