"use strict";
{
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("data").textContent);
  const findings = data.findings, text = data.text;

  /* What was decided: rows in the order of the file, pairs of label and name. Values never change, so that undo keeps old ones. */
  const before = { rows: data.decided.rows, speakers: data.decided.speakers, opening: data.decided.opening, everywhere: [] };
  let now = before, undone = [];
  const keyOf = row => JSON.stringify([row.rule, row.words, row.before, row.after]);
  /* What a decision for the whole repository is about, as in `cleanup.decisions.wide`: blanks are those of Python. */
  const BLANKS = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;
  const wideOf = row => JSON.stringify([row.rule, row.words.split(BLANKS).filter(Boolean).join(" ")]);

  /* Offsets are code points; those of a script are UTF-16 units. */
  const wide = [];
  if (/[\ud800-\udbff]/.test(text)) { let n = 0; for (const c of text) { if (c.length > 1) wide.push(n); n++; } }
  const unit = at => { let low = 0, high = wide.length; while (low < high) { const m = (low + high) >> 1; wide[m] < at ? low = m + 1 : high = m; } return at + low; };
  for (const thing of [...findings, ...data.blocks, ...findings.flatMap(f => f.edits)]) { thing.start = unit(thing.start); thing.end = unit(thing.end); }

  const places = new Map(), spans = new Map(), alike = new Map(), ofRule = new Map();
  const put = (map, key, value) => map.has(key) ? map.get(key).push(value) : map.set(key, [value]);
  findings.forEach((f, i) => {
    f.i = i;
    f.key = keyOf(f);
    f.words0 = text.slice(f.start, f.end);
    f.wide = wideOf({ rule: f.rule, words: f.words0 });
    f.like = JSON.stringify([f.rule, f.words0, f.applied, f.edits.map(e => e.after)]);
    f.kind = f.applied ? "applied" : f.level === "remark" ? "remark" : "suggest";
    put(spans, f.key, f.start + "-" + f.end);
    put(alike, f.like, f);
    put(ofRule, f.rule, f);
  });
  for (const [key, list] of spans) places.set(key, new Set(list).size);

  /* The file: the same characters as `cleanup.decisions.dumps` writes. */
  const quoted = s => JSON.stringify(s).replace(/[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]/g, c =>
    /[\ud800-\udfff]/.test(c) ? c : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
  const dumps = (all, head = data.head) => {
    const lines = all.rows.length ? ["decisions:"] : [];
    for (const row of all.rows) {
      const keys = ["rule", "do", "words", "before", "after", "text", "by", "on"].filter(k => row[k] || ["rule", "do", "words"].includes(k));
      if (row.do === "edit" && !row.text) keys.push("text");
      keys.forEach((k, i) => lines.push(`${i ? "  " : "- "}${k}: ${quoted(row[k] || "")}`));
    }
    for (const name of ["speakers", "facts"]) {
      if (all[name]?.length) lines.push(name + ":", ...all[name].map(([k, v]) => `  ${quoted(k)}: ${quoted(v)}`));
    }
    for (const name of ["labels", "no-labels"]) if (all[name]?.length) lines.push(`${name}: [${all[name].map(quoted).join(", ")}]`);
    if (all.opening) lines.push(`opening: ${quoted(all.opening)}`);
    return head + lines.map(line => line + "\n").join("");
  };
  const merged = (rows, later) => [...new Map([...rows, ...later].map(row => [wideOf(row), row])).values()];
  const file = (name, keys, text) => ({ name, keys, text, saved: before });
  const own = file(data.review, ["rows", "speakers", "opening"], () => dumps({ ...data.decided, ...now }));
  const shared = data.repository && file(data.repository.review, ["everywhere"], () => dumps({ rows: merged(data.repository.rows, now.everywhere) }, data.repository.head));
  const files = shared ? [own, shared] : [own];
  const differs = (file, from) => file.keys.some(key => now[key] !== from[key]);
  const unsaved = () => files.some(file => differs(file, before) && differs(file, file.saved));

  /* Unsaved decisions outlive a reload, where the browser keeps anything. */
  const shelf = "cleanup review " + data.raw, print = $("data").dataset.print;
  let kept = true;
  const keep = () => { try { localStorage.setItem(shelf, JSON.stringify({ print, now })); kept = true; } catch { kept = false; } };
  try {
    const old = JSON.parse(localStorage.getItem(shelf));
    if (old && old.print === print) now = { ...before, ...old.now };
    for (const key in before) if (JSON.stringify(now[key]) === JSON.stringify(before[key])) now[key] = before[key];
  } catch { kept = false; }
  addEventListener("beforeunload", event => { if (!kept && unsaved()) event.preventDefault(); });

  let rowOf = new Map(), wideRow = new Map();
  const index = () => { rowOf = new Map(now.rows.map(row => [keyOf(row), row])); wideRow = new Map(now.everywhere.map(row => [wideOf(row), row])); };
  const rowFor = f => rowOf.get(f.key) || wideRow.get(f.wide);
  const first = new Map(before.rows.map(row => [keyOf(row), row]));
  const named = f => f.rule.startsWith("speakers/") && f.speaker !== null &&
    (f.speaker ? now.speakers.some(([label]) => label === f.speaker) : now.opening !== "");
  const settled = f => !f.open && !f.applied && !first.has(f.key) && !f.rule.startsWith("speakers/");
  const decided = f => !!rowFor(f) || named(f) || settled(f);
  const canAccept = f => f.edits.length > 0 && !f.applied;
  const effect = (f, row) => row ? (row.do === "edit" ? "=" + row.text || "" : row.do === "accept" ? "new" : "old") : f.applied ? "new" : "old";
  index();

  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) key === "class" ? node.className = value : node.setAttribute(key, value);
    node.append(...children);
    return node;
  };

  /* Characters that cannot be seen are shown by number, blanks by a sign where there is nothing else. */
  const ODD = /[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;
  const seen = s => {
    if (s && !s.trim()) return [s.replace(/ /g, "␣").replace(/\n/g, "⏎").replace(/\t/g, "⇥").replace(/\xa0/g, "⍽")];
    return s.split(new RegExp(`(${ODD.source})`)).filter(Boolean).map(piece => ODD.test(piece) && piece.length === 1
      ? make("span", { class: "odd" }, "U+" + piece.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")) : piece);
  };
  const short = (s, size) => {
    s = s.replace(/\s+/g, " ").trim();
    if (s.length <= size) return s;
    const words = s.slice(0, size), cut = words.lastIndexOf(" ");
    return (cut > size / 2 ? words.slice(0, cut) : words) + "…";
  };

  /* Rows: each stretch of the raw text beside what the page has of it. */
  const TOKEN = /[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu;
  const made = f => effect(f, first.get(f.key));
  const editsOf = (from, to) => findings.filter(f => f.start < to && f.end >= from).flatMap(f => {
    const how = made(f);
    if (how === "old") return [];
    return how === "new" ? f.edits.map(e => ({ ...e, f })) : [{ start: f.start, end: f.end, after: how.slice(1), f }];
  }).filter(e => e.start >= from && e.end <= to).sort((a, b) => a.start - b.start || b.end - a.end);
  const aligned = (block, from, to) => {
    const have = [];
    let at = from;
    const read = (s, start, f) => { for (const m of s.matchAll(TOKEN)) have.push({ s: m[0], start: f ? start[0] : start + m.index, end: f ? start[1] : start + m.index + m[0].length, f }); };
    for (const e of editsOf(from, to)) {
      if (e.start < at) continue;
      read(text.slice(at, e.start), at);
      read(e.after, [e.start, e.end], e.f);
      at = e.end;
    }
    read(text.slice(at, to), at);
    const tokens = [...block.text.matchAll(TOKEN)].map(m => ({ s: m[0], from: m.index, to: m.index + m[0].length }));
    let k = 0;
    tokens.forEach((token, i) => {
      for (let j = k; j < have.length && j < k + 40; j++) {
        const sure = j < k + 4 || !tokens[i + 1] || (have[j + 1] && have[j + 1].s === tokens[i + 1].s);
        if (have[j].s === token.s && sure) { token.at = have[j]; k = j + 1; break; }
      }
    });
    return tokens;
  };

  const rows = [];
  const LONG = 1500;
  const layOut = () => {
    let at = 0;
    const furniture = to => {
      if (text.slice(at, to).trim()) rows.push({ from: at, to, findings: [] });
      at = Math.max(at, to);
    };
    for (const block of data.blocks) {
      const cut = text.slice(at, block.start).lastIndexOf("\n");
      if (cut >= 0) furniture(at + cut + 1);
      const to = Math.max(at, block.end);
      const tokens = block.text.length > LONG ? aligned(block, at, to) : null;
      let from = 0, raw = at;
      if (tokens) {
        let i = 0;
        for (const gap of block.text.matchAll(/\n\n/g)) {
          while (i < tokens.length && (tokens[i].from < gap.index || !tokens[i].at)) i++;
          if (i >= tokens.length || gap.index - from < LONG / 3) continue;
          const place = text.lastIndexOf("\n", tokens[i].at.start - 1) + 1;
          if (place <= raw || tokens[i].at.start - place > 200) continue;
          rows.push({ from: raw, to: place, findings: [], block, first: from === 0, text: block.text.slice(from, gap.index) });
          raw = place;
          from = gap.index + 2;
        }
      }
      rows.push({ from: raw, to, findings: [], block, first: from === 0, text: block.text.slice(from) });
      at = to;
    }
    furniture(text.length);
    let low = 0;
    for (const f of findings) {
      while (low < rows.length - 1 && rows[low].to <= f.start) low++;
      for (let i = low; i < rows.length && (i === low || rows[i].from < f.end); i++) rows[i].findings.push(f);
      f.row = rows[low];
    }
  };
  layOut();

  const marked = (f, side, ...children) => {
    const gone = side === "raw" && f.applied && f.edits.every(e => !e.after) ? " gone" : "";
    const long = f.end - f.start > 300 ? " wide" : "";
    return make("mark", { class: f.kind + gone + long + (decided(f) ? " decided" : "") + (f === current ? " now" : ""), "data-f": f.i, title: f.message }, ...children);
  };
  const drawRaw = (row, cell) => {
    const slice = text.slice(row.from, row.to);
    const start = row.from + (slice.length - slice.trimStart().length), end = row.to - (slice.length - slice.trimEnd().length);
    const edges = new Set([start, Math.max(start, end)]);
    for (const f of row.findings) for (const at of [f.start, f.end]) if (at > start && at < end) edges.add(at);
    const points = [...edges].sort((a, b) => a - b);
    const bySize = [...row.findings].sort((a, b) => (a.end - a.start) - (b.end - b.start));
    points.forEach((a, i) => {
      for (const f of bySize) if (f.start === f.end && f.start === a) cell.append(marked(f, "raw", "‸"));
      const b = points[i + 1];
      if (b === undefined) return;
      const owner = bySize.find(f => f.start <= a && f.end >= b && f.end > f.start);
      const piece = text.slice(a, b);
      owner ? cell.append(marked(owner, "raw", ...(owner === current || ODD.test(piece) ? seen(piece) : [piece]))) : cell.append(piece);
    });
  };
  const nameOf = block => {
    const speaker = data.speakers.find(s => s.labels.includes(block.label));
    const own = speaker && now.speakers.find(([label]) => label === speaker.label);
    return own ? own[1] : block.speaker || (!block.label && now.opening && block === data.blocks.find(b => b.kind === "turn") ? now.opening : null);
  };
  const drawPage = (row, cell) => {
    const { block } = row;
    if (!block) {
      for (const f of row.findings) {
        const how = effect(f, rowFor(f));
        if (how === "new" && f.fate !== "changed") cell.append(make("p", { class: "note" }, f.fate === "moved" ? "" : "cut: ", f.message));
        else if (how !== "new" && made(f) !== how) cell.append(make("p", {}, make("ins", {}, how === "old" ? f.words0 : how.slice(1))));
      }
      return;
    }
    cell.lang = data.language || "";
    const who = row.first && block.kind === "turn" && !block.continues && nameOf(block);
    if (who) cell.append(make("b", {}, make("bdi", {}, who), ": "));
    const body = make("span", { class: block.kind });
    const tokens = row.tokens ||= aligned({ text: row.text }, row.from, row.to);
    const ranges = [];
    for (const f of row.findings) {
      const mine = tokens.filter(t => t.at && (t.at.f ? t.at.f === f : t.at.start < f.end && t.at.end > f.start));
      const was = made(f), is = effect(f, rowFor(f));
      const range = list => list.length ? [list[0].from, list[list.length - 1].to] : null;
      const after = at => { const t = tokens.filter(t => t.at && t.at.end <= at).pop(); return t ? [t.to, t.to] : [0, 0]; };
      if (was === is) { const r = range(mine); if (r) ranges.push({ r, f }); continue; }
      if (is === "new" || (is === "old" && was === "new")) {
        for (const e of f.edits) {
          const r = range(tokens.filter(t => t.at && t.at.start < Math.max(e.end, e.start + 1) && t.at.end > e.start && (!t.at.f || t.at.f === f))) || after(e.start);
          ranges.push({ r, f, put: is === "new" ? e.after : e.before });
        }
      } else ranges.push({ r: range(mine) || after(f.start), f, put: is === "old" ? f.words0 : is.slice(1) });
    }
    ranges.sort((a, b) => a.r[0] - b.r[0] || (a.r[1] - a.r[0]) - (b.r[1] - b.r[0]));
    let at = 0;
    for (const { r: [from, to], f, put } of ranges) {
      if (from < at) continue;
      body.append(row.text.slice(at, from));
      if (put === undefined) body.append(marked(f, "page", row.text.slice(from, to)));
      else body.append(marked(f, "page", ...(to > from ? [make("del", {}, row.text.slice(from, to))] : []), ...(put ? [make("ins", {}, put)] : [])));
      at = to;
    }
    body.append(row.text.slice(at));
    cell.append(body);
  };
  const fill = row => {
    const raw = make("div", { class: "raw", dir: "auto", lang: data.language || "" }), page = make("div", { class: "page", dir: "auto" });
    drawRaw(row, raw);
    drawPage(row, page);
    row.node.replaceChildren(raw, page);
    row.full = true;
  };
  const nodes = new Map();
  const watch = new IntersectionObserver(list => {
    for (const { isIntersecting, target } of list) if (isIntersecting && !nodes.get(target).full) { fill(nodes.get(target)); watch.unobserve(target); }
  }, { root: $("rows"), rootMargin: "800px" });
  for (const row of rows) {
    row.node = make("div", { class: "row" });
    row.node.style.containIntrinsicSize = `auto ${24 + 24 * Math.ceil((row.to - row.from) / 60)}px`;
    row.node.style.minHeight = "2.5rem";
    nodes.set(row.node, row);
    $("rows").append(row.node);
    watch.observe(row.node);
  }

  /* The list. */
  const KINDS = { suggest: ["?", "Suggestion"], remark: ["i", "Remark"], applied: ["✓", "Edit that was made"] };
  const statusOf = f => {
    const row = rowFor(f);
    if (row) return { accept: "accepted", reject: f.applied ? "put back" : "left as is", edit: "edited" }[row.do];
    return named(f) ? "named" : settled(f) ? "settled" : "";
  };
  let visible = [], current = null;
  const shownIn = { todo: f => !f.applied && !decided(f), suggest: f => f.kind === "suggest", remark: f => f.kind === "remark",
    applied: f => f.applied, decided, all: () => true };
  const option = f => {
    const status = statusOf(f);
    f.option.className = status ? "decided" : "";
    f.option.replaceChildren(
      make("span", { class: "sign " + f.kind, "aria-hidden": "true" }, status ? "●" : KINDS[f.kind][0]),
      make("span", { class: "words" }, make("span", { class: "quiet" }, KINDS[f.kind][1] + ": "), make("bdi", { lang: data.language || "" }, ...seen(short(f.words0, 60) || f.words0.slice(0, 20) || "‸"))),
      make("small", { class: "line" }, make("span", { class: "quiet" }, "line "), String(f.line)),
      make("small", { class: "rule" }, data.rules[f.rule].engine || f.rule.split("/").slice(1).join("/")),
      make("small", { class: "status" }, status));
  };
  const list = () => {
    const wanted = shownIn[$("kind").value], rule = $("rule").value;
    visible = findings.filter(f => wanted(f) && (!rule || f.rule === rule));
    const all = document.createDocumentFragment();
    for (const f of visible) {
      f.option = make("div", { role: "option", id: "f" + f.i, "aria-selected": "false" });
      option(f);
      all.append(f.option);
    }
    $("list").replaceChildren(all);
    $("list").hidden = !visible.length;
    $("empty").hidden = visible.length > 0;
    $("empty").textContent = findings.length ? ($("kind").value === "todo" && !rule ? "Nothing is left to decide." : "Nothing like that in this file.") : "Nothing was found in this file.";
  };
  const rulesOf = () => {
    const counts = [...ofRule].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
    $("rule").replaceChildren(make("option", { value: "" }, "all rules"), ...counts.map(([rule, fs]) => make("option", { value: rule }, `${rule} (${fs.length})`)));
  };

  /* The card. */
  const say = what => { $("said").textContent = ""; requestAnimationFrame(() => { $("said").textContent = what; }); };
  const open_ = () => findings.filter(f => !f.applied && !decided(f)).length;
  const total = findings.filter(f => !f.applied).length;
  const progress = () => {
    const left = open_();
    $("bar").max = Math.max(1, total);
    $("bar").value = total ? total - left : 1;
    $("count").textContent = left ? `${left} to decide` : "nothing to decide";
    $("save").disabled = !files.some(file => differs(file, before)) && !now.rows.length;
    $("save").textContent = unsaved() ? "Save ●" : "Save…";
    $("save").setAttribute("aria-label", unsaved() ? "Save: there are decisions that are not saved" : "Save");
  };
  const changeOf = f => {
    const row = rowOf.get(f.key), pieces = [];
    const line = s => seen(s.trim() ? s.replace(/^\n+|\n+$/g, "") : s);
    const pair = (old, new_) => [make("del", { lang: data.language || "", dir: "auto" }, ...line(old)), " → ", new_ ? make("ins", { lang: data.language || "", dir: "auto" }, ...line(new_)) : { moved: "front matter", removed: "cut" }[f.fate] || "nothing"];
    if (row && row.do === "edit") return pair(f.words, row.text);
    for (const e of f.edits.slice(0, 3)) { if (pieces.length) pieces.push("\n"); pieces.push(...(e.before ? pair(e.before, e.after) : ["put in ", make("ins", {}, ...seen(e.after))])); }
    if (f.edits.length > 3) pieces.push(`\nand ${f.edits.length - 3} more like these`);
    return pieces.length ? pieces : [make("bdi", { lang: data.language || "" }, "“", ...seen(short(f.words0, 120) || f.words0.slice(0, 120)), "”")];
  };
  const bulk = f => {
    const likes = alike.get(f.like).filter(g => !rowOf.has(g.key)), rules = ofRule.get(f.rule).filter(g => g.applied === f.applied && !rowOf.has(g.key));
    const made = [], leave = f.applied ? "Put back " : "Leave ";
    const offer = (list, what, key) => {
      if (list.length < 2) return;
      if (canAccept(f)) made.push([`Accept ${what}`, key && "A", () => decide(list.filter(canAccept), "accept")]);
      made.push([leave + what, key && "R", () => decide(list, "reject")]);
    };
    offer(likes, `all ${likes.length} with these words`, true);
    if (rules.length > likes.length) offer(rules, `all ${rules.length} of this rule`);
    if (shared && f.words0.trim()) {
      if (canAccept(f)) made.push(["Accept in the whole repository", "W", () => spread(f, "accept")]);
      made.push([leave + "in the whole repository", "V", () => spread(f, "reject")]);
    }
    return made;
  };
  const card = () => {
    const f = current;
    for (const id of ["editing", "naming"]) $(id).hidden = true;
    for (const node of $("card").querySelectorAll("#change, #why, .steps, .acts, #where, #badge, #number")) node.hidden = !f;
    $("state").hidden = true;
    if (!f) { $("message").textContent = findings.length ? "Choose a finding in the list." : "Nothing was found in this file: there is nothing to decide."; return; }
    $("badge").className = f.kind;
    $("badge").textContent = KINDS[f.kind][1];
    const at = visible.indexOf(f);
    $("number").textContent = at < 0 ? "" : `${at + 1} of ${visible.length}`;
    $("where").textContent = `line ${f.line}:${f.column}`;
    $("message").textContent = f.message;
    $("change").replaceChildren(...changeOf(f));
    $("change").className = f.edits.length ? "" : "quote";
    const rule = data.rules[f.rule];
    $("which").textContent = rule.engine || f.rule;
    $("why").lastElementChild.textContent = [rule.engine ? `Found by ${rule.engine.split(" ")[0]}.` : "", rule.why, f.why ? `Not done by itself: ${f.why}.` : ""].filter(Boolean).join(" ") || "No more is known about it.";
    const row = rowFor(f), status = statusOf(f);
    $("state").hidden = !status;
    $("state").firstElementChild.textContent = status && status[0].toUpperCase() + status.slice(1) + (row && !rowOf.has(f.key) ? " in the whole repository" : "") + (row && row.by ? ` by ${row.by}` : "") + (row && row.on ? `, ${row.on}` : "");
    $("clear").hidden = !row;
    const act = key => $("card").querySelector(`[data-key=${key}]`);
    act("a").hidden = !canAccept(f);
    act("r").lastElementChild.textContent = f.applied ? "Put back" : "Leave as it is";
    act("n").hidden = f.speaker === null;
    act("n").className = f.rule.startsWith("speakers/") && !canAccept(f) ? "main" : "";
    act("n").lastElementChild.textContent = f.speaker ? `Name ${short(f.speaker, 18)}…` : "Name who opens…";
    act("u").disabled = !undone.length;
    const all = document.querySelector(".all");
    all.replaceChildren(...bulk(f).map(([what, key, act]) => {
      const button = make("button", { type: "button" }, ...(key ? [make("kbd", {}, key), " "] : []), what);
      button.onclick = act;
      return button;
    }));
    all.hidden = !all.children.length;
  };

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const redraw = list => { for (const row of new Set(list.flatMap(f => rows.filter(r => r.full && r.findings.includes(f))))) fill(row); };
  const go = (f, spoken) => {
    const old = current;
    current = f || null;
    if (old && old.option) old.option.setAttribute("aria-selected", "false");
    card();
    if (!f) { $("list").removeAttribute("aria-activedescendant"); if (old) redraw([old]); return; }
    if (!visible.includes(f)) { $("kind").value = "all"; $("rule").value = ""; list(); card(); }
    f.option.setAttribute("aria-selected", "true");
    f.option.scrollIntoView({ block: "nearest" });
    $("list").setAttribute("aria-activedescendant", f.option.id);
    fill(f.row);
    redraw(old ? [old, f] : [f]);
    const show = () => { const mark = f.row.node.querySelector(".raw .now, .now"); (mark || f.row.node).scrollIntoView({ block: "center", behavior: "instant" }); };
    show();
    requestAnimationFrame(show);
    if (spoken !== undefined) say(`${spoken} ${KINDS[f.kind][1]}, line ${f.line}: ${f.message}`.trim());
  };
  const step = by => {
    const at = visible.indexOf(current);
    const next = visible[at + by];
    if (next) go(next, ""); else say(by > 0 ? "That was the last one." : "That was the first one.");
  };
  const onward = spoken => {
    const at = visible.indexOf(current);
    const next = visible.slice(at + 1).find(f => !decided(f)) || visible.slice(0, at + 1).find(f => !decided(f));
    if (next) return go(next, spoken);
    const f = current;
    go(f);
    say(`${spoken} Nothing is left to decide here.`);
  };

  const today = () => { const d = new Date(); return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map(n => String(n).padStart(2, "0")).join("-"); };
  const become = (next, changed) => {
    now = next;
    keep();
    index();
    for (const f of findings) if (f.option && (changed === null || changed.has(f))) option(f);
    progress();
    const full = rows.filter(row => row.full && (changed === null || row.findings.some(f => changed.has(f))));
    for (const row of full) fill(row);
  };
  const DONE = { accept: "Accepted", reject: "Left as it is", edit: "Edited" };
  const doneTo = (f, how) => how === "reject" && f.applied ? "Put back" : DONE[how];
  const spread = (f, how) => {
    undone.push([now, current]);
    const row = { rule: f.rule, do: how, words: f.words, before: "", after: "", text: "", by: data.by, on: today() };
    become({ ...now, everywhere: [...now.everywhere, row] }, new Set(findings.filter(g => g.wide === f.wide)));
    onward(`${doneTo(f, how)} in the whole repository.`);
  };
  const same = list => { const keys = new Set(list.map(f => f.key)); return new Set(findings.filter(f => keys.has(f.key))); };
  const decide = (list, how, words) => {
    undone.push([now, current]);
    const own = new Map();
    for (const f of list) {
      const row = { rule: f.rule, do: how, words: f.words, before: f.before, after: f.after, text: words || "", by: data.by, on: today() };
      if (!own.has(f.key)) own.set(f.key, Array(places.get(f.key)).fill(row));
    }
    become({ ...now, rows: [...now.rows.filter(row => !own.has(keyOf(row))), ...[...own.values()].flat()] }, same(list));
    const done = doneTo(list[0], how);
    onward(list.length > 1 ? `${done}, ${list.length} places.` : `${done}.`);
  };
  const name = (label, who) => {
    undone.push([now, current]);
    const speakers = now.speakers.some(([l]) => l === label) ? now.speakers.map(pair => pair[0] === label ? [label, who] : pair) : [...now.speakers, [label, who]];
    become(label ? { ...now, speakers } : { ...now, opening: who }, null);
  };
  const undo = () => {
    if (!undone.length) { say("There is nothing to undo."); return; }
    const [was, at] = undone.pop();
    become(was, null);
    go(at, "Undone.");
  };

  const offered = (f, key) => { const one = bulk(f).find(row => row[1] === key); if (one) one[2](); return !!one; };
  const ACTS = {
    a: f => canAccept(f) ? decide([f], "accept") : say("There is nothing to accept here: e writes your words, r leaves it as it is."),
    r: f => decide([f], "reject"),
    A: f => offered(f, "A") || ACTS.a(f),
    R: f => offered(f, "R") || ACTS.r(f),
    W: f => canAccept(f) ? ACTS.V(f, "W") : ACTS.a(f),
    V: (f, key = "V") => offered(f, key) || say(`${shared ? "There are no words here" : "This file lies in no repository"}: A and R decide for the file.`),
    e: f => { const row = rowOf.get(f.key); ask("editing", "text", row && row.do === "edit" ? row.text : f.words); },
    n: f => {
      if (f.speaker === null) { say("Nobody speaks here."); return; }
      const speaker = data.speakers.find(s => s.label === f.speaker), own = now.speakers.find(([label]) => label === f.speaker);
      document.querySelector("[for=who]").textContent = f.speaker ? `Full name of ${f.speaker}` : "Who speaks before the first label";
      ask("naming", "who", f.speaker ? (own ? own[1] : (speaker && speaker.name) || "") : now.opening);
    },
    s: () => step(1),
  };
  const ask = (form, field, value) => {
    $("editing").hidden = $("naming").hidden = true;
    $(form).hidden = false;
    for (const node of $("card").querySelectorAll(":scope > .acts")) node.hidden = true;
    $(field).value = value;
    if (field === "text") $(field).rows = Math.min(6, 1 + Math.ceil(value.length / 70));
    $(field).focus();
    $(field).select();
  };
  const answered = form => { $(form).hidden = true; card(); ($("list").offsetParent ? $("list") : $("rows")).focus({ preventScroll: true }); };
  const edges = (words, old) => words.trim() && /^[ \t\n]*/.exec(old)[0] + words.trim() + /[ \t\n]*$/.exec(old)[0];
  $("editing").onsubmit = event => {
    event.preventDefault();
    const words = edges($("text").value, current.words);
    answered("editing");
    words === current.words ? say("These are the words that stand there.") : decide([current], "edit", words);
  };
  $("naming").onsubmit = event => {
    event.preventDefault();
    const who = $("who").value.trim();
    answered("naming");
    if (!who) return;
    name(current.speaker, who);
    onward(`Named ${who}.`);
  };
  for (const button of document.querySelectorAll("form .cancel")) button.onclick = () => answered(button.form.id);
  $("clear").onclick = () => {
    undone.push([now, current]);
    if (rowOf.has(current.key)) become({ ...now, rows: now.rows.filter(row => keyOf(row) !== current.key) }, same([current]));
    else become({ ...now, everywhere: now.everywhere.filter(row => wideOf(row) !== current.wide) }, new Set(findings.filter(f => f.wide === current.wide)));
    go(current, "Taken back.");
    $("list").focus();
  };
  const other = () => {
    $("kind").value = $("kind").value === "applied" ? "todo" : "applied";
    $("rule").value = "";
    list();
    go(visible[0], `${visible.length} ${$("kind").value === "applied" ? "edits that were made." : "to decide."}`);
  };
  const save = () => {
    if ($("save").disabled) { say("Nothing was decided."); return; }
    own.part.hidden = !!shared && differs(shared, before) && !differs(own, before);
    if (shared) shared.part.hidden = !differs(shared, before);
    const rows = files.every(file => !file.part.hidden) && shared ? 4 : 12;
    for (const file of files) Object.assign(file.part.querySelector("textarea"), { value: file.text(), rows });
    $("saving").showModal();
  };
  const PAGE = { u: undo, b: other, q: save, "?": () => $("help").showModal(), j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    Home: () => visible[0] && go(visible[0], ""), End: () => visible.length && go(visible[visible.length - 1], "") };
  addEventListener("keydown", event => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (target.matches("input, textarea, select")) {
      if (key === "Escape" && target.form && !target.form.hidden && target.form.id) answered(target.form.id);
      if (key === "Enter" && !event.shiftKey && target.id === "text") { event.preventDefault(); target.form.requestSubmit(); }
      return;
    }
    const letter = key.length === 1;
    if (letter && !$("letters").checked) return;
    if (!letter && target !== $("list") && target !== document.body) return;
    const act = PAGE[key] || (current && ACTS[key] && (() => ACTS[key](current)));
    if (act) { event.preventDefault(); act(); }
  });
  for (const button of document.querySelectorAll("[data-key]")) button.onclick = () => (PAGE[button.dataset.key] || ACTS[button.dataset.key])(current);
  $("rows").onclick = event => { const mark = event.target.closest("mark"); if (mark) go(findings[mark.dataset.f], ""); };
  $("list").onclick = event => { const item = event.target.closest("[role=option]"); if (item) { go(findings[item.id.slice(1)], ""); lists(false); } };
  $("back").onclick = () => step(-1);
  $("next").onclick = () => step(1);
  $("kind").onchange = $("rule").onchange = () => { list(); go(visible.includes(current) ? current : visible[0]); say(`${visible.length} findings.`); };
  const lists = open => { $("findings").classList.toggle("open", open); $("lists").setAttribute("aria-expanded", open); $("lists").textContent = open ? "Text" : "List"; };
  $("lists").onclick = () => lists(!$("findings").classList.contains("open"));
  $("save").onclick = save;
  $("keys").onclick = PAGE["?"];
  for (const button of document.querySelectorAll("dialog .close")) button.onclick = () => button.closest("dialog").close();
  $("letters").onchange = () => { try { localStorage.setItem("cleanup letters", $("letters").checked ? "" : "off"); } catch { kept = false; } };
  try { $("letters").checked = localStorage.getItem("cleanup letters") !== "off"; } catch { kept = false; }

  own.part = $("own");
  own.part.querySelector(".old").hidden = !data.decided.rows.length && !data.decided.speakers.length;
  if (shared) {
    shared.part = $("shared");
    shared.part.querySelector(".old").hidden = !data.repository.rows.length;
  }
  for (const node of document.querySelectorAll(".repository")) node.hidden = !shared;
  for (const file of files) {
    const part = name => file.part.querySelector(name);
    const done = what => { file.saved = now; progress(); say(what); };
    part("code").textContent = file.name;
    file.part.setAttribute("aria-label", file.name);
    part(".download").onclick = () => {
      const link = make("a", { download: file.name, href: URL.createObjectURL(new Blob([file.text()], { type: "application/yaml" })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      done(`Saved as ${file.name} among your downloads.`);
    };
    part(".copy").onclick = async () => {
      try { await navigator.clipboard.writeText(file.text()); } catch { part("textarea").select(); document.execCommand("copy"); }
      done("Copied.");
      part(".copy").textContent = "Copied";
      setTimeout(() => { part(".copy").textContent = "Copy"; }, 2000);
    };
  }
  $("people").onclick = () => {
    const row = (label, value, note) => make("label", {}, make("span", {}, make("bdi", {}, label || "Before the first label"), note ? make("small", {}, "  " + note) : ""),
      make("input", { "data-label": label, value, dir: "auto", autocomplete: "off" }));
    const own = new Map(now.speakers);
    const people = data.speakers.map(s => row(s.label, own.get(s.label) ?? (s.evidence === "inferred" ? "" : s.name || ""),
      s.evidence === "inferred" ? `perhaps ${s.name}: “${s.quote}”` : s.quote && s.evidence !== "given" ? `“${s.quote}”` : ""));
    if (now.opening || findings.some(f => f.speaker === "")) people.push(row("", now.opening, ""));
    $("cast").replaceChildren(...(people.length ? people : ["No speakers are known in this file."]));
    $("speakers").showModal();
  };
  $("speakers").querySelector("form").onsubmit = event => {
    event.preventDefault();
    for (const input of $("cast").querySelectorAll("input")) {
      const who = input.value.trim();
      if (who && who !== input.defaultValue) name(input.dataset.label, who);
    }
    $("speakers").close();
    card();
  };

  document.documentElement.dataset.ready = "";
  $("title").textContent = data.title;
  $("title").lang = data.language || "";
  $("file").textContent = data.raw;
  rulesOf();
  list();
  if (!visible.length && findings.some(f => f.applied)) { $("kind").value = "applied"; list(); }
  progress();
  go(visible[0]);
  window.review = { dumps, merged, find: words => findings.filter(f => f.words === words).map(f => f.i) };
}
