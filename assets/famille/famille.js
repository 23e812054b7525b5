// The families' page. One file, two lives: in the page, it opens what a letter opens; as a service
// worker, it gives the page back when there is no network. It uses WebCrypto and nothing else, and it
// never sends a secret anywhere: what a letter holds stays in this browser.
//
// The scheme is that of src/family in the sources; docs/familles.md explains it.
"use strict";

// Where the site stands. An origin may hold several: what each keeps has its name.
const HOME = new URL("./", location.href).href;
const CACHE = `jalon-familles-1 ${HOME}`;
const SCHEME = "jalon-familles/1";
const DAYS_KEPT = 90;

// ---- The service worker: the network first, what was kept when there is none ----

function worker() {
  // A new version serves at once: nothing of an old one is worth waiting for.
  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(clients.claim()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const ours = request.method === "GET" && request.url.startsWith(HOME);
    if (ours) event.respondWith(answer(request));
  });
}

async function answer(request) {
  try {
    const response = await fetch(request, { cache: "no-cache", referrerPolicy: "no-referrer" });
    if (response.status < 500) return response;
    return (await kept(request)) || response;
  } catch (error) {
    const copy = await kept(request);
    if (copy) return copy;
    throw error;
  }
}

async function kept(request) {
  const cache = await cabinet();
  const address = request.mode === "navigate" ? HOME : request.url;
  return cache && cache.match(address, { ignoreVary: true });
}

// What the page keeps: sealed files that were opened, and the frame. Some browsers refuse it.
async function cabinet() {
  try { return await caches.open(CACHE); } catch { return null; }
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

// ---- Files: from the network, else as they were kept on this device ----

async function unseal(folder, name, key, missing) {
  const address = `${folder}/${name.slice(0, 2)}/${name.slice(2)}`;
  const asked = fetch(address, { cache: "no-cache", credentials: "omit", referrerPolicy: "no-referrer" });
  let [file, cache] = await Promise.all([asked.catch(() => null), cabinet()]);
  if (!file || file.status >= 500) {
    const copy = cache && await cache.match(address, { ignoreVary: true });
    if (!copy) throw new Stop(file ? "err_absente" : "err_reseau");
    file = copy;
  }
  if (file.status === 404 || file.status === 410) {
    if (cache) cache.delete(address);
    throw new Stop(missing);
  }
  if (!file.ok) throw new Stop("err_absente");
  const copy = file.clone();
  const bytes = await file.arrayBuffer().catch(() => null);
  if (!bytes) throw new Stop("err_reseau");
  const sealed = new Uint8Array(bytes);
  const bound = [SCHEME, folder.slice(0, -1), document.documentElement.dataset.annee, name].join("\n");
  const how = { name: "AES-GCM", iv: sealed.subarray(0, 12), additionalData: utf8(bound) };
  try {
    const inside = new Uint8Array(await crypto.subtle.decrypt(how, key, sealed.subarray(12)));
    // Only what opens is worth keeping.
    if (cache) cache.put(address, copy).catch(() => {});
    return inside;
  } catch {
    // Some hosts and networks answer with a page of their own in place of a file that is missing.
    const type = file.headers.get("content-type") || "";
    throw new Stop(type.startsWith("text/html") ? missing : "err_abime");
  }
}

// What a letter that opens nothing says.
const GONE = { 1: "err_remplacee", 2: "err_refusee", 3: "err_reservee" };

// What a letter says: where the page is, and under which key.
async function enter(door) {
  const said = await unseal("portes", door.name, door.key, "err_inconnu");
  if (said[0] !== 0) throw new Stop(GONE[said[0]] || "err_abime");
  const secret = said.slice(1, 33);
  const label = new TextDecoder().decode(said.subarray(34, 34 + said[33]));
  const pupil = { label, key: await lock(secret), page: toText(await derive(secret, 16, "page", "")) };
  secret.fill(0);
  said.fill(0);
  return pupil;
}

async function block(pupil, name) {
  const inside = await unseal("blocs", name, pupil.key, "err_absente");
  const length = new DataView(inside.buffer).getUint32(0);
  if (length > inside.length - 4) throw new Stop("err_abime");
  return inside.subarray(4, 4 + length);
}

// ---- What this device keeps: keys that cannot be read back, for 90 days ----

function store(mode, act) {
  return new Promise((done, fail) => {
    const opening = indexedDB.open(CACHE, 1);
    opening.onupgradeneeded = () => {
      // Reading leaves no trace on a device that was not asked to keep anything.
      if (mode === "readonly") opening.transaction.abort();
      else opening.result.createObjectStore("portes", { keyPath: "name" });
    };
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const base = opening.result;
      try {
        const work = base.transaction("portes", mode);
        const asked = act(work.objectStore("portes"));
        work.oncomplete = () => { base.close(); done(asked.result); };
        work.onabort = () => { base.close(); fail(work.error); };
      } catch (error) {
        base.close();
        fail(error);
      }
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
  // A browser that keeps nothing has nothing to forget: each part may be refused.
  const parts = [
    () => new Promise((done) => {
      const asked = indexedDB.deleteDatabase(CACHE);
      asked.onsuccess = asked.onerror = asked.onblocked = done;
    }),
    async () => {
      const all = await navigator.serviceWorker.getRegistrations();
      for (const one of all) if (one.scope === HOME) await one.unregister();
    },
    () => caches.delete(CACHE),
    () => localStorage.removeItem(CACHE),
  ];
  for (const part of parts) try { await part(); } catch { /* see above */ }
}

// ---- The page ----

function page() {
  const at = (id) => document.getElementById(id);
  const root = document.documentElement;
  // With what tells their version behind a "?".
  const [script, style] = [document.currentScript.src, document.querySelector("link[rel=stylesheet]").href];
  let words = null;      // of the language shown; null while it is the French of the page itself
  let language = "fr";
  let wanted = "fr";     // the language asked for last
  let opened = null;     // the door and the pupil shown
  let turn = 0;          // number of the last thing asked for: what comes later than it is dropped
  const french = new Map();

  // -- Languages --

  const say = (key) => (words ? words[key] || key : document.querySelector(`[data-t="${key}"]`).textContent);

  async function speak(code) {
    wanted = code;
    const asked = await frameFile(`langues/${code}.json`).then((answer) => answer.json()).catch(() => null);
    if (wanted !== code) return;
    if (asked) {
      words = asked;
      language = code;
      root.lang = code;
      root.dir = asked.sens;
      translate(document);
    }
    at("langue").value = language;
  }

  async function frameFile(name) {
    const answer = await fetch(name, { cache: "no-cache" });
    if (!answer.ok) throw new Error(name);
    return answer;
  }

  function translate(part) {
    for (const one of part.querySelectorAll("[data-t]")) one.textContent = say(one.dataset.t);
    for (const one of part.querySelectorAll("[data-tl]")) one.setAttribute("aria-label", say(one.dataset.tl));
    for (const one of part.querySelectorAll("time[datetime]")) {
      if (!french.has(one)) french.set(one, one.textContent);
      one.textContent = language === "fr" ? french.get(one) : day(one.dateTime);
    }
    nameResults(part);
    entitle();
    if (opened) device();
  }

  // A page has hundreds of results, each a sign and a day: the words that go with them come here. Signs
  // beside which words stand are not read twice.
  function nameResults(part) {
    const said = new Map();
    const word = (key) => said.get(key) || said.set(key, say(key)).get(key);
    for (const one of part.querySelectorAll("i:not([data-j])")) one.setAttribute("aria-hidden", "true");
    for (const one of part.querySelectorAll("i[data-j]")) {
      const where = one.classList.contains("e") ? [word("resultat_entreprise")] : [];
      const name = [day(one.dataset.j), word(one.classList[0]), ...where].join(", ");
      one.setAttribute("role", "img");
      one.setAttribute("aria-label", name);
      one.title = name;
    }
  }

  // One for each language: a page has hundreds of dates, and making one is slow.
  const calendars = new Map();
  function day(iso) {
    const how = { day: "numeric", month: "long", year: "numeric" };
    const locale = (words && words.locale) || language;
    if (!calendars.has(locale)) calendars.set(locale, new Intl.DateTimeFormat(locale, how));
    return calendars.get(locale).format(new Date(`${iso}T12:00:00`));
  }

  // The day of this device, as files write it.
  function iso(date) {
    const two = (number) => String(number).padStart(2, "0");
    return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  }

  // -- What is shown --

  function only(id) {
    for (const one of ["accueil", "attente", "page"]) at(one).hidden = one !== id;
    at("appareil").hidden = id !== "page";
  }

  function entitle() {
    document.title = say("titre") + (opened ? ` – ${opened.pupil.label}` : "");
  }

  function close() {
    opened = null;
    french.clear();
    at("page").replaceChildren();
    at("dit").textContent = "";
    entitle();
  }

  async function welcome(reason) {
    const mine = ++turn;
    close();
    only("attente");
    at("souci").hidden = !reason;
    for (const one of at("souci").querySelectorAll("p")) one.hidden = one.dataset.t !== reason;
    await choices();
    if (mine !== turn) return;
    only("accueil");
    if (reason) at("souci").focus();
  }

  async function choices() {
    const doors = await remembered();
    const named = await Promise.all(doors.map((door) => enter(door).then((pupil) => pupil.label, (stop) => unlisted(door, stop))));
    const items = [];
    for (const [place, label] of named.entries()) {
      if (!label) continue;
      const item = document.createElement("li");
      const button = element("button", label);
      button.type = "button";
      button.onclick = () => show(() => doors[place]);
      item.append(button);
      items.push(item);
    }
    at("retenus").hidden = items.length === 0;
    at("retenus").querySelector("ul").replaceChildren(...items);
  }

  // A letter that the school says is over is not worth remembering; one that is merely not found may
  // come back.
  async function unlisted(door, stop) {
    if (Object.values(GONE).includes(stop.reason)) await drop(door.name);
    return "";
  }

  async function show(find) {
    const mine = ++turn;
    only("attente");
    let door = null;
    try {
      // In a frame of another site, nobody sees who asks.
      if (top !== self) throw new Stop("err_navigateur");
      door = await find();
      const pupil = await enter(door);
      const html = new TextDecoder().decode(await block(pupil, pupil.page));
      if (mine !== turn) return;
      close();
      opened = { door, pupil };
      // Sealed by the school and checked: nothing else than what it wrote. The policy of the page
      // forbids scripts in it all the same.
      at("page").innerHTML = html;
      // Who comes next to this device does not find the words.
      at("phrase").value = "";
      at("compte").replaceChildren();
      if (words) translate(at("page"));
      else { nameResults(at("page")); entitle(); }
      dates();
      only("page");
      at("page").querySelector("h1").focus({ preventScroll: true });
      scrollTo(0, 0);
      await device();
      keepFrame();
    } catch (error) {
      if (mine !== turn) return;
      if (!(error instanceof Stop)) console.error(error);
      else if (door) await unlisted(door, error);
      await welcome(error.reason || "err_navigateur");
    }
  }

  // Days that are over are not shown among those to come.
  function dates() {
    const today = iso(new Date());
    const coming = [...at("page").querySelectorAll("[data-fin]")].filter((one) => {
      one.hidden = one.dataset.fin < today;
      return !one.hidden;
    });
    at("sans-date").hidden = coming.length > 0;
  }

  async function device() {
    const all = await remembered();
    if (!opened) return;
    const mine = all.find((door) => door.name === opened.door.name || door.page === opened.pupil.page);
    at("retenir").hidden = Boolean(mine);
    at("etat").textContent = mine
      ? say("retenu_texte").replace("{}", day(iso(new Date(mine.until))))
      : say("retenir_texte");
  }

  // What the page needs to open again without a network: its files in the language shown.
  async function keepFrame() {
    const shown = opened;
    const cache = await cabinet();
    const files = [HOME, script, style];
    if (words) files.push(`${HOME}langues/${language}.json`);
    if (cache) {
      await cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" }))).catch(() => {});
      // Those of an earlier version.
      for (const { url } of await cache.keys()) if (url.includes("?") && !files.includes(url)) cache.delete(url);
    }
    // Not after a "forget" that came meanwhile.
    if (navigator.serviceWorker && shown === opened) await navigator.serviceWorker.register(script, { updateViaCache: "none" }).catch(() => {});
  }

  function tell(key, visibly) {
    at("dit").textContent = say(key);
    at("dit").classList.toggle("vh", !visibly);
  }

  // -- Opening --

  // The secret of the link. The address no longer shows it afterwards; the history of the browser may
  // still hold it.
  function take() {
    const [address, code] = location.href.split("#");
    if (code) history.replaceState(null, "", address);
    // What messages and readers of squares add behind a link is no part of it.
    return code ? code.match(/^[a-z2-7]*/i)[0] : null;
  }

  function openLink(code) {
    const secret = toBytes(code);
    return secret ? show(() => doorOf(secret, "lien")) : welcome("err_lien");
  }

  const bare = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ı/g, "i");
  const typed = () => bare(at("phrase").value).split(/[^a-z]+/).filter(Boolean);

  async function openWords(event) {
    event.preventDefault();
    const phrase = typed();
    if (phrase.length !== 7) return welcome("err_mots");
    const mine = turn;
    // A word that no letter has: better said at once, with those that look like it.
    const wrong = await check(true);
    if (mine !== turn) return;
    if (wrong) return at("compte").querySelector("button, p").focus();
    return show(() => doorOfWords(phrase));
  }

  // The words that a letter may have; none when they cannot be had.
  let asking = null;
  function list() {
    const read = (text) => text.split("\n").filter((word) => /^[a-z]{4,9}$/.test(word));
    asking = asking || frameFile("mots.txt").then((answer) => answer.text()).then(read).catch(() => []);
    return asking.then((all) => {
      if (all.length < 2000) asking = null;
      return asking ? all : [];
    });
  }

  // Says how many of the words typed are in the list, and what the first wrong one may have been;
  // gives that one.
  async function check(whole) {
    const all = await list();
    const phrase = typed();
    if (!all.length || !phrase.length) return at("compte").replaceChildren();
    const known = new Set(all);
    const finished = whole === true || /[^a-z]$/.test(bare(at("phrase").value));
    const wrong = phrase.find((word, place) => !known.has(word) && (finished || place < phrase.length - 1));
    const line = document.createElement("p");
    line.textContent = say("mots_compte").replace("{}", phrase.filter((word) => known.has(word)).length);
    const parts = [line];
    if (wrong) {
      const told = document.createElement("p");
      told.tabIndex = -1;
      told.append(`${say("mots_inconnu")} `, element("b", wrong), ". ");
      const near = all.filter((word) => slips(wrong, word) < 3).sort((a, b) => slips(wrong, a) - slips(wrong, b)).slice(0, 3);
      if (near.length) told.append(`${say("mots_plutot")} `);
      for (const word of near) {
        const button = element("button", word);
        button.type = "button";
        button.onclick = () => {
          at("phrase").value = typed().map((one) => (one === wrong ? word : one)).join(" ") + " ";
          at("phrase").focus();
          check();
        };
        told.append(button, " ");
      }
      parts.unshift(told);
    }
    at("compte").replaceChildren(...parts);
    return wrong;
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
    const { pupil } = opened;
    button.disabled = true;
    const before = button.parentElement.querySelector(".alerte");
    if (before) before.remove();
    try {
      const bytes = await block(pupil, button.dataset.bloc);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([bytes], { type: button.dataset.type }));
      link.download = button.dataset.nom;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      tell("telecharge");
    } catch (error) {
      const told = document.createElement("p");
      told.className = "alerte";
      told.setAttribute("role", "alert");
      told.dataset.t = error.reason || "err_navigateur";
      told.textContent = say(told.dataset.t);
      button.after(told);
    }
    button.disabled = false;
  }

  // -- Beginning --

  at("mots").addEventListener("submit", openWords);
  at("phrase").addEventListener("focus", list);
  at("phrase").addEventListener("input", check);
  at("phrase").addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    at("mots").querySelector(".grand").click();
  });
  at("langue").addEventListener("change", async () => {
    const code = at("langue").value;
    try { localStorage.setItem(CACHE, code); } catch { /* private browsing: asked again next time */ }
    await speak(code);
    if (opened) keepFrame();
  });
  at("page").addEventListener("click", (event) => {
    const button = event.target.closest("[data-bloc]");
    if (button) download(button);
    // The address keeps no trace of what is read, and what stands behind its # is always a letter's.
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    event.preventDefault();
    const title = at(link.getAttribute("href").slice(1)).querySelector("h2");
    title.tabIndex = -1;
    title.focus();
    title.scrollIntoView();
  });
  at("retenir").addEventListener("click", async () => {
    const { door, pupil } = opened;
    const until = Date.now() + DAYS_KEPT * 86400000;
    const record = { name: door.name, key: door.key, page: pupil.page, until };
    await store("readwrite", (doors) => doors.put(record)).catch(() => tell("pas_retenu", true));
    await device();
    if (at("retenir").hidden) at("oublier").focus();
  });
  at("oublier").addEventListener("click", async () => {
    close();
    await forget();
    await welcome(null);
    tell("oublie", true);
    at("contenu").focus();
  });
  at("fermer").addEventListener("click", async () => {
    await welcome(null);
    at("contenu").focus();
  });
  at("imprimer").addEventListener("click", () => print());
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
  addEventListener("hashchange", () => {
    const code = take();
    if (code !== null) openLink(code);
  });

  async function begin(code) {
    // Without a secure context there is no WebCrypto: nothing could be opened.
    if (!globalThis.crypto || !crypto.subtle) return welcome("err_navigateur");
    if (code !== null) return openLink(code);
    const doors = await remembered();
    return doors.length === 1 ? show(() => doors[0]) : welcome(null);
  }

  const known = [...at("langue").options].map((option) => option.value);
  let chosen = null;
  try { chosen = localStorage.getItem(CACHE); } catch { /* private browsing */ }
  const asked = [chosen, ...(navigator.languages || [navigator.language])].map((code) => (code || "").slice(0, 2));
  const first = asked.find((code) => known.includes(code));
  if (first && first !== "fr") speak(first);
  begin(take());
}

if (typeof document === "undefined") worker(); else page();
