/* Recherche (bandeau et page Recherche) et confort du menu. Aucune dépendance.
   L'index est un fichier voisin, index-recherche.js : window.jalonIndex = [[genre, titre, détail, adresse], …]
   (un script, et non un fichier de données, pour que la recherche marche aussi depuis un dossier).
   Sans script : le formulaire mène à la page Recherche, qui renvoie aux listes. */
(function () {
  'use strict';

  var moi = document.currentScript;
  var racine = moi.dataset.racine || '';
  var attente = null;

  function index() {
    if (!attente) {
      attente = new Promise(function (ok, non) {
        var s = document.createElement('script');
        s.src = moi.src.replace(/[^/]*$/, 'index-recherche.js');
        s.onload = function () { ok((window.jalonIndex || []).map(preparer)); };
        s.onerror = non;
        document.head.appendChild(s);
      });
    }
    return attente;
  }

  function simple(texte) {                                  // sans accents ni majuscules
    return texte.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[’']/g, ' ').toLowerCase();
  }

  function preparer(l) {
    return { genre: l[0], titre: l[1], detail: l[2], adresse: l[3], t: simple(l[1]), tout: simple(l.join(' ')) };
  }

  function chercher(lignes, question) {
    var mots = simple(question).split(/\s+/).filter(Boolean);
    if (!mots.length) return [];
    return lignes
      .filter(function (l) { return mots.every(function (m) { return l.tout.includes(m); }); })
      .map(function (l) { return { l: l, rang: (l.t.startsWith(mots[0]) ? 0 : l.t.includes(mots[0]) ? 1 : 2) }; })
      .sort(function (a, b) { return a.rang - b.rang || a.l.titre.localeCompare(b.l.titre, 'fr'); })
      .map(function (x) { return x.l; });
  }

  function element(nom, texte, classe) {
    var e = document.createElement(nom);
    if (texte) e.textContent = texte;
    if (classe) e.className = classe;
    return e;
  }

  function resultat(l) {
    var li = element('li'), a = element('a', l.titre);
    a.href = racine + l.adresse;
    a.appendChild(element('small', l.genre + (l.detail ? ', ' + l.detail : '')));
    li.appendChild(a);
    return li;
  }

  function nombre(n) { return n === 0 ? 'Aucun résultat' : n === 1 ? '1 résultat' : n + ' résultats'; }

  /* --- bandeau : liste de liens sous le champ --- */
  var boite = document.querySelector('.rech');
  if (boite) {
    var champ = boite.querySelector('input'), liste = element('ul', '', 'propos'), dit = element('span', '', 'vh');
    dit.setAttribute('role', 'status');
    liste.hidden = true;
    boite.append(liste, dit);

    champ.addEventListener('focus', function () { index().catch(function () {}); });
    champ.addEventListener('input', function () {
      index().then(function (lignes) {
        var trouves = chercher(lignes, champ.value);
        liste.replaceChildren.apply(liste, trouves.slice(0, 8).map(resultat));
        liste.hidden = !trouves.length;
        dit.textContent = champ.value.trim() ? nombre(trouves.length) : '';
      }, function () {});
    });
    boite.addEventListener('keydown', function (e) {
      var liens = Array.from(liste.querySelectorAll('a')), i = liens.indexOf(document.activeElement);
      if (e.key === 'Escape') { liste.hidden = true; champ.focus(); }
      if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && !liste.hidden) {
        e.preventDefault();
        var j = i + (e.key === 'ArrowDown' ? 1 : -1);
        (j < 0 ? champ : liens[Math.min(j, liens.length - 1)]).focus();
      }
    });
    boite.addEventListener('focusout', function (e) { if (!boite.contains(e.relatedTarget)) liste.hidden = true; });
  }

  /* --- page Recherche : tous les résultats, par genre --- */
  var page = document.getElementById('resultats');
  if (page) {
    var saisie = document.getElementById('q'), bilan = document.getElementById('nombre');
    saisie.value = new URLSearchParams(location.search).get('q') || '';
    var montrer = function () {
      index().then(function (lignes) {
        var trouves = chercher(lignes, saisie.value), genres = new Map();
        trouves.forEach(function (l) { genres.set(l.genre, (genres.get(l.genre) || []).concat(l)); });
        page.replaceChildren();
        genres.forEach(function (ls, genre) {
          var ul = element('ul', '', 'plein');
          ls.slice(0, 50).forEach(function (l) {
            var li = element('li'), a = element('a', l.titre);
            a.href = racine + l.adresse;
            li.append(a, element('span', l.detail, 'gris'));
            ul.appendChild(li);
          });
          page.append(element('h2', genre + ' (' + ls.length + ')'), ul);
        });
        bilan.textContent = saisie.value.trim() ? nombre(trouves.length) + ' pour « ' + saisie.value.trim() + ' »' : '';
      }, function () {});
    };
    saisie.addEventListener('input', montrer);
    montrer();
  }

  /* --- menu : déplié sur grand écran dans les navigateurs anciens ; Échap et clic ailleurs le referment --- */
  var menu = document.querySelector('.nav > details');
  if (menu) {
    if (!CSS.supports('selector(::details-content)') && matchMedia('(min-width: 50em)').matches) menu.open = true;
    var sous = Array.from(menu.querySelectorAll('details'));
    var refermer = function (e) {
      if (!matchMedia('(min-width: 50em)').matches) return;
      sous.forEach(function (d) {
        if (e.type === 'click' ? !d.contains(e.target) : e.key === 'Escape' && d.open) {
          if (e.type === 'keydown') d.querySelector('summary').focus();
          d.open = false;
        }
      });
    };
    document.addEventListener('click', refermer);
    document.addEventListener('keydown', refermer);
  }
})();
