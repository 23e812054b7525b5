// The families' page. One file, two lives: in the page, it opens what a letter opens; as a service
// worker, it gives the page back when there is no network. It uses WebCrypto and nothing else, and it
// never sends a secret anywhere: what a letter holds stays in this browser.
//
// The scheme is that of src/family in the sources; docs/familles.md explains it.
"use strict";

const CACHE = "jalon-familles-1";
const SCHEME = "jalon-familles/1";
const DAYS_KEPT = 90;

// ---- The service worker: the network first, what was kept when there is none ----

function worker() {
  const frame = ["./", "famille.js", "famille.css", "mots.txt",
    ...["fr", "en", "ar", "pt", "tr"].map((code) => `langues/${code}.json`)];
  addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(frame)));
  });
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const ours = request.method === "GET" && request.url.startsWith(registration.scope);
    // Sealed files are kept by the page, which knows which ones are worth it.
    if (ours) event.respondWith(answer(request));
  });
}

async function answer(request) {
  try {
    return await fetch(request, { cache: "no-cache" });
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(request.mode === "navigate" ? "./" : request.url);
    if (kept) return kept;
    throw error;
  }
}

// ---- Keys ----

const utf8 = (text) => new TextEncoder().encode(text);

// Why a page does not open: the key of a sentence that a parent understands.
class Stop extends Error {
  constructor(reason) { super(reason); this.reason = reason; }
}

// 26 letters and digits (RFC 4648, base32) ⇄ 16 bytes.
const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

function toText(bytes) {
  let bits = 0, held = 0, text = "";
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) { bits -= 5; text += LETTERS[(held >> bits) & 31]; }
    held &= 255;
  }
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

function toBytes(text) {
  const bytes = new Uint8Array(16);
  let bits = 0, held = 0, at = 0;
  for (const letter of text.toLowerCase()) {
    const value = LETTERS.indexOf(letter);
    if (value < 0) return null;
    held = (held << 5) | value;
    bits += 5;
    if (bits >= 8) { bits -= 8; if (at < 16) bytes[at++] = held >> bits; held &= (1 << bits) - 1; }
  }
  return text.length === 26 && held === 0 ? bytes : null;
}

// HKDF-SHA-256 of a secret, for a purpose: each part goes in with its length.
async function derive(secret, length, ...parts) {
  const info = [];
  for (const part of parts.map(utf8)) info.push(0, 0, 0, 0, 0, 0, part.length >> 8, part.length & 255, ...part);
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: utf8("jalon/familles/1"), info: new Uint8Array(info) };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

// The key cannot be read back: not by another script, not by an extension that asks for it.
const lock = (bytes) => crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["decrypt"]);

// What a code leads to: the name of a small file, and what opens it.
async function doorOf(secret, kind) {
  const bytes = await derive(secret, 48, "porte", kind);
  const door = { name: toText(bytes.subarray(0, 16)), key: await lock(bytes.subarray(16)) };
  bytes.fill(0);
  secret.fill(0);
  return door;
}

async function doorOfWords(words) {
  const facts = document.documentElement.dataset;
  const key = await crypto.subtle.importKey("raw", utf8(words.join(" ")), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: toBytes(facts.sel), iterations: Number(facts.tours) };
  return doorOf(new Uint8Array(await crypto.subtle.deriveBits(how, key, 256)), "mots");
}

async function unseal(key, kind, name, bytes) {
  const bound = [SCHEME, kind, document.documentElement.dataset.annee, name].join("\n");
  const how = { name: "AES-GCM", iv: bytes.subarray(0, 12), additionalData: utf8(bound) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.subarray(12)));
  } catch {
    throw new Stop("err_abime");
  }
}

// ---- Files: from the network, else as they were kept on this device ----

async function read(folder, name, missing, worthKeeping) {
  const address = `${folder}/${name.slice(0, 2)}/${name.slice(2)}`;
  const cache = await caches.open(CACHE).catch(() => null);
  let response;
  try {
    response = await fetch(address, { cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    const kept = cache && await cache.match(address);
    if (!kept) throw new Stop("err_reseau");
    return new Uint8Array(await kept.arrayBuffer());
  }
  if (response.status === 404 || response.status === 410) {
    if (cache) await cache.delete(address);
    throw new Stop(missing);
  }
  if (!response.ok) throw new Stop("err_absente");
  if (cache && worthKeeping) await cache.put(address, response.clone()).catch(() => {});
  return new Uint8Array(await response.arrayBuffer());
}

// What a letter says: where the page is, and under which key.
async function enter(door) {
  const said = await unseal(door.key, "porte", door.name, await read("portes", door.name, "err_inconnu", true));
  if (said[0] !== 0) throw new Stop({ 1: "err_remplacee", 2: "err_refusee", 3: "err_reservee" }[said[0]] || "err_abime");
  const secret = said.slice(1, 33);
  const label = new TextDecoder().decode(said.subarray(34, 34 + said[33]));
  const pupil = { label, key: await lock(secret), page: toText(await derive(secret, 16, "page", "")) };
  secret.fill(0);
  said.fill(0);
  return pupil;
}

async function block(pupil, name) {
  const inside = await unseal(pupil.key, "bloc", name, await read("blocs", name, "err_absente", true));
  const length = new DataView(inside.buffer).getUint32(0);
  if (length > inside.length - 4) throw new Stop("err_abime");
  return inside.subarray(4, 4 + length);
}

// ---- What this device keeps: keys that cannot be read back, for 90 days ----

function store(mode, act) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(CACHE, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("portes", { keyPath: "name" });
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const base = opening.result;
      const asked = act(base.transaction("portes", mode).objectStore("portes"));
      asked.onsuccess = () => { base.close(); done(asked.result); };
      asked.onerror = () => { base.close(); fail(asked.error); };
    };
  });
}

async function remembered() {
  const all = await store("readonly", (doors) => doors.getAll()).catch(() => []);
  const late = all.filter((door) => !(door.until > Date.now()));
  for (const door of late) await drop(door.name);
  return all.filter((door) => door.until > Date.now());
}

const drop = (name) => store("readwrite", (doors) => doors.delete(name)).catch(() => {});

async function forget() {
  await new Promise((done) => {
    const asked = indexedDB.deleteDatabase(CACHE);
    asked.onsuccess = asked.onerror = asked.onblocked = done;
  });
  const workers = navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : [];
  const here = new URL("./", location.href).href;
  for (const one of workers) if (one.scope === here) await one.unregister();
  await caches.delete(CACHE);
  try { localStorage.removeItem(CACHE); } catch { /* nothing was kept */ }
}

// ---- The page ----

function page() {
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  let words = null;      // of the language shown; null while it is the French of the page itself
  let language = "fr";
  let opened = null;     // the door and the pupil shown
  let list = null;       // the words that a letter may have
  const french = new Map();
  const firstTitle = document.title;

  // -- Languages --

  const say = (key) => (words || own)[key] || key;
  let own = {};

  async function speak(code) {
    const asked = await fetch(`langues/${code}.json`).then((answer) => answer.json()).catch(() => null);
    if (!asked) return;
    if (code === "fr") own = asked;
    words = asked;
    language = code;
    root.lang = code;
    root.dir = asked.sens;
    at("langue").value = code;
    try { localStorage.setItem(CACHE, code); } catch { /* private browsing: asked again next time */ }
    translate(document);
  }

  function translate(part) {
    if (!words) return;
    for (const one of part.querySelectorAll("[data-t]")) one.textContent = say(one.dataset.t);
    for (const one of part.querySelectorAll("[data-tl]")) one.setAttribute("aria-label", say(one.dataset.tl));
    for (const one of part.querySelectorAll("time[datetime]")) {
      if (!french.has(one)) french.set(one, one.textContent);
      one.textContent = language === "fr" ? french.get(one) : day(one.dateTime);
    }
    for (const one of part.querySelectorAll("i[data-n]")) {
      const where = one.classList.contains("e") ? [say("resultat_entreprise")] : [];
      one.setAttribute("aria-label", [day(one.dataset.j), say(one.dataset.n), ...where].join(", "));
    }
    document.title = opened ? `${say("titre")} – ${opened.pupil.label}` : words ? say("titre") : firstTitle;
    if (opened) device();
  }

  const day = (iso) => new Date(`${iso}T12:00:00`).toLocaleDateString(words ? words.locale : "fr", { day: "numeric", month: "long", year: "numeric" });

  // -- What is shown --

  function only(id) {
    for (const one of ["accueil", "attente", "page"]) at(one).hidden = one !== id;
    at("appareil").hidden = id !== "page";
  }

  async function welcome(reason) {
    opened = null;
    at("page").replaceChildren();
    at("souci").hidden = !reason;
    if (reason) {
      const told = at("souci").querySelector("p");
      told.dataset.t = reason;
      told.textContent = words ? say(reason) : await frenchOf(reason);
    }
    await choices();
    only("accueil");
    document.title = words ? say("titre") : firstTitle;
    if (reason) at("souci").focus();
  }

  async function frenchOf(key) {
    if (!own[key]) own = await fetch("langues/fr.json").then((answer) => answer.json()).catch(() => own);
    return own[key] || key;
  }

  async function choices() {
    const doors = await remembered();
    const items = [];
    for (const door of doors) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = await enter(door).then((pupil) => pupil.label, () => "");
      button.onclick = () => show(door, true);
      if (button.textContent) items.push(button);
    }
    at("retenus").hidden = items.length === 0;
    at("retenus").querySelector("ul").replaceChildren(...items.map((button) => {
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  }

  async function show(door, fromDevice) {
    only("attente");
    try {
      const pupil = await enter(door);
      const html = new TextDecoder().decode(await block(pupil, pupil.page));
      opened = { door, pupil };
      // Sealed by the school and checked: nothing else than what it wrote. The policy of the page
      // forbids scripts in it all the same.
      at("page").innerHTML = html;
      french.clear();
      if (words) translate(at("page"));
      dates();
      document.title = `${say("titre") === "titre" ? firstTitle : say("titre")} – ${pupil.label}`;
      only("page");
      await device();
      at("page").querySelector("h1").focus({ preventScroll: true });
      scrollTo(0, 0);
      keepFrame();
    } catch (error) {
      const reason = error instanceof Stop ? error.reason : "err_navigateur";
      // A letter that was replaced or cancelled is not worth remembering.
      if (fromDevice && ["err_inconnu", "err_remplacee", "err_refusee", "err_reservee"].includes(reason)) await drop(door.name);
      await welcome(reason);
    }
  }

  // Days that are over are not shown among those to come.
  function dates() {
    const today = new Date().toLocaleDateString("sv");
    const coming = [...at("page").querySelectorAll("[data-fin]")].filter((one) => {
      one.hidden = one.dataset.fin < today;
      return !one.hidden;
    });
    at("sans-date").hidden = coming.length > 0;
  }

  async function device() {
    const kept = (await remembered()).find((door) => opened && door.name === opened.door.name);
    if (!own.retenu_texte && !words) await frenchOf("retenu_texte");
    at("retenir").hidden = Boolean(kept);
    const text = at("etat");
    text.firstElementChild.dataset.t = kept ? "retenu_texte" : "retenir_texte";
    const until = kept && day(new Date(kept.until).toLocaleDateString("sv"));
    text.firstElementChild.textContent = kept ? say("retenu_texte").replace("{}", until) : say("retenir_texte");
  }

  function keepFrame() {
    if (navigator.serviceWorker) navigator.serviceWorker.register("famille.js", { updateViaCache: "none" }).catch(() => {});
  }

  const tell = (key) => { at("dit").textContent = say(key); };

  // -- Opening --

  async function openLink(text) {
    // The address no longer shows the secret; the history of the browser may still hold it.
    history.replaceState(null, "", location.pathname + location.search);
    const secret = toBytes(text);
    if (!secret) return welcome("err_lien");
    only("attente");
    return show(await doorOf(secret, "lien"), false);
  }

  const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ı/g, "i");
  const typed = () => bare(at("phrase").value).split(/[^a-z]+/).filter(Boolean);

  async function openWords(event) {
    event.preventDefault();
    const phrase = typed();
    await check();
    if (phrase.length !== 7) return welcome("err_mots");
    only("attente");
    return show(await doorOfWords(phrase), false);
  }

  // How many of the words typed are in the list, and what the first wrong one may have been.
  async function check() {
    if (!list) list = await fetch("mots.txt").then((answer) => answer.text()).then((text) => text.trim().split("\n")).catch(() => []);
    const phrase = typed();
    if (!list.length || !phrase.length) return at("compte").replaceChildren();
    if (!words && !own.mots_compte) await frenchOf("mots_compte");
    const known = new Set(list);
    const finished = /[^a-z]$/.test(bare(at("phrase").value)) || phrase.length >= 7;
    const wrong = phrase.find((word, place) => !known.has(word) && (finished || place < phrase.length - 1));
    const line = document.createElement("p");
    line.textContent = say("mots_compte").replace("{}", phrase.filter((word) => known.has(word)).length);
    const parts = [line];
    if (wrong) {
      const told = document.createElement("p");
      told.append(`${say("mots_inconnu")} `, element("b", wrong), ". ");
      const near = list.filter((word) => slips(wrong, word) < 3).sort((a, b) => slips(wrong, a) - slips(wrong, b)).slice(0, 3);
      if (near.length) {
        told.append(`${say("mots_plutot")} `);
        for (const word of near) {
          const button = element("button", word);
          button.type = "button";
          button.onclick = () => { at("phrase").value = typed().map((one) => (one === wrong ? word : one)).join(" ") + " "; at("phrase").focus(); check(); };
          told.append(button, " ");
        }
      }
      parts.push(told);
    }
    at("compte").replaceChildren(...parts);
  }

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    made.lang = "fr";
    return made;
  }

  // Letters to change, add or remove to go from one word to the other (Levenshtein).
  function slips(a, b) {
    if (Math.abs(a.length - b.length) > 2) return 3;
    let row = [...Array(b.length + 1).keys()];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      row = next;
    }
    return row[b.length];
  }

  // -- Documents --

  async function download(button) {
    button.disabled = true;
    try {
      const bytes = await block(opened.pupil, button.dataset.bloc);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes], { type: button.dataset.type }));
      link.download = button.dataset.nom;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      tell("telecharge");
    } catch (error) {
      const reason = error instanceof Stop ? error.reason : "err_absente";
      if (!words) await frenchOf(reason);
      let told = button.parentElement.querySelector(".alerte");
      if (!told) button.after(told = element("p", ""));
      told.className = "alerte";
      told.dataset.t = reason;
      told.lang = language;
      told.textContent = say(reason);
    }
    button.disabled = false;
  }

  // -- Beginning --

  at("mots").addEventListener("submit", openWords);
  at("phrase").addEventListener("input", check);
  at("langue").addEventListener("change", () => speak(at("langue").value));
  at("page").addEventListener("click", (event) => {
    const button = event.target.closest("[data-bloc]");
    if (button) download(button);
  });
  at("retenir").addEventListener("click", async () => {
    const until = Date.now() + DAYS_KEPT * 86400000;
    await store("readwrite", (doors) => doors.put({ ...opened.door, until })).catch(() => {});
    await device();
  });
  at("oublier").addEventListener("click", async () => {
    await forget();
    await welcome(null);
    if (!words) await frenchOf("oublie");
    tell("oublie");
    at("dit").classList.remove("vh");
  });
  at("fermer").addEventListener("click", () => welcome(null));
  at("imprimer").addEventListener("click", () => print());
  addEventListener("beforeprint", () => { for (const one of document.querySelectorAll("details")) one.open = true; });
  addEventListener("hashchange", () => { const code = location.hash.slice(1); if (/^[a-z2-7]{20,}$/i.test(code)) openLink(code); });

  (async () => {
    // Without a secure context there is no WebCrypto: nothing could be opened.
    if (!globalThis.crypto || !crypto.subtle || !globalThis.indexedDB || !globalThis.caches) return welcome("err_navigateur");
    let wanted = null;
    try { wanted = localStorage.getItem(CACHE); } catch { /* private browsing */ }
    const known = [...at("langue").options].map((option) => option.value);
    wanted = wanted || navigator.languages.map((code) => code.slice(0, 2)).find((code) => known.includes(code));
    const speaking = known.includes(wanted) && wanted !== "fr" ? speak(wanted) : null;
    const code = location.hash.slice(1);
    if (code) await openLink(code);
    else {
      const doors = await remembered();
      await (doors.length === 1 ? show(doors[0], true) : welcome(null));
    }
    await speaking;
  })();
}

if (typeof document === "undefined") worker(); else page();
