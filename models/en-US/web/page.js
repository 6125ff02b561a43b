/* The page: asks the speaker every few seconds how it is, and shows it. No word of it is here (index.html, texts.json),
 * and nothing comes from elsewhere. Texts of the speaker are put in as text, never as markup. */
"use strict";

(function () {
  const LOOK_MS = 3000, ORDERS_MS = 30000, OWNER_MS = 60000, GAP_MS = 10 * 60 * 1000, SHOWN_MS = 6000, NEWEST = 3;
  const lang = document.documentElement.lang;
  let texts, timer, lastTurn = 0, lastOrders = 0, lastOwner = 0, seen = {};

  const by = function (id) { return document.getElementById(id); };

  /* "orders.title" of texts.json with {name} filled in */
  function text(key, values) {
    const found = key.split(".").reduce(function (at, part) { return at && at[part]; }, texts);
    return String(found === undefined ? key : found).replace(/\{(\w+)\}/g, function (whole, name) {
      return values && values[name] !== undefined ? values[name] : whole;
    });
  }

  function has(key) { return text(key) !== key; }

  function copy(id) { return document.importNode(by(id).content, true).firstElementChild; }

  function put(element, selector, words) { element.querySelector(selector).textContent = words; }

  function empty(element) { while (element.firstChild) element.removeChild(element.firstChild); }

  /* Whether it is something new; what is the same is left alone, so that nobody's place is lost. */
  function isNew(what, value) {
    const now = JSON.stringify(value);
    if (seen[what] === now) return false;
    seen[what] = now;
    return true;
  }

  /* ---- money, times ---- */

  function money(m) {
    return new Intl.NumberFormat(lang, {style: "currency", currency: m.currency, minimumFractionDigits: m.digits,
      maximumFractionDigits: m.digits}).format(m.minor / Math.pow(10, m.digits));
  }

  function format(ms, options) { return new Intl.DateTimeFormat(lang, options).format(new Date(ms)); }

  function day(ms) { return format(ms, {weekday: "long", month: "long", day: "numeric"}); }

  function moment(ms) {
    const today = new Date().toDateString() === new Date(ms).toDateString();
    const time = format(ms, {hour: "numeric", minute: "2-digit"});
    return today ? time : format(ms, {weekday: "short", month: "short", day: "numeric"}) + ", " + time;
  }

  /* ---- asking the speaker ---- */

  function ask(method, path, body) {
    const options = {method: method, credentials: "same-origin", cache: "no-store", headers: {"X-Shopkeeper": "page"}};
    if (method === "POST") {
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body || {});
    }
    return fetch(path, options).then(function (answer) {
      return answer.json().then(function (data) { return {ok: answer.ok, status: answer.status, data: data}; });
    }).catch(function () { return {ok: false, status: 0, data: {error: "away"}}; });
  }

  /* ---- what is said above all ---- */

  let standing = "", passing = "", passingTimer;

  function showNotice(good) {
    const box = by("notice"), words = passing || standing;
    box.hidden = !words;
    box.className = good ? "notice good" : "notice";
    if (box.textContent !== words) box.textContent = words;
  }

  function say(words, good) {
    passing = words;
    showNotice(good);
    clearTimeout(passingTimer);
    passingTimer = setTimeout(function () { passing = ""; showNotice(); }, SHOWN_MS);
  }

  function stands(words) {
    if (words === standing) return;
    standing = words;
    if (!passing) showNotice();
  }

  function act(path, body) {
    return ask("POST", path, body).then(function (r) {
      if (r.status === 401) return knock();
      if (!r.ok) say(text(has("failed." + r.data.error) ? "failed." + r.data.error : "failed.failed"));
      look();
      return r.ok;
    });
  }

  /* ---- the door ---- */

  function knock() {
    clearTimeout(timer);
    stands("");
    seen = {};
    lastTurn = 0;
    empty(by("turns"));
    by("home").hidden = true;
    by("door").hidden = false;
    showState("door", "");
    by("name").textContent = document.title;
    return false;
  }

  function doorFailed(data) {
    const key = has("door." + data.error) ? "door." + data.error : "door.failed";
    say(text(key, {left: data.left, minutes: Math.ceil((data.seconds || 60) / 60)}));
  }

  by("say_code").addEventListener("click", function () {
    const button = this;
    button.disabled = true;
    ask("POST", "/api/code").then(function (r) {
      button.disabled = false;
      if (!r.ok) return doorFailed(r.data);
      say(text("door.said"), true);
      by("code").value = "";
      by("code").focus();
    });
  });

  by("login").addEventListener("submit", function (event) {
    event.preventDefault();
    ask("POST", "/api/login", {code: by("code").value.replace(/[^0-9]/g, "") || "-"}).then(function (r) {
      by("code").value = "";
      if (!r.ok) return doorFailed(r.data);
      passing = "";
      showNotice();
      lastOrders = 0;
      look();
    });
  });

  by("logout").addEventListener("click", function () {
    ask("POST", "/api/logout").then(knock);
  });

  /* ---- the speaker ---- */

  function showState(state, suffix) {
    by("lamp").className = "lamp " + state;
    const words = suffix ? text("state." + suffix, {state: text("state." + state)}) : text("state." + state);
    if (by("state").textContent !== words) by("state").textContent = words;
  }

  function stateOf(speaker) {
    if (!speaker.answers) return "away";
    if (speaker.state === "muted" || speaker.state === "deaf" || (speaker.state === "idle" && speaker.sound)) return speaker.state;
    return speaker.sound ? "talk" : "soundless";
  }

  function showSpeaker(speaker, shop) {
    showState(stateOf(speaker), shop && shop.offline ? "offline" : "");
    if (shop) by("name").textContent = text("title", {assistant: shop.assistant, shop: shop.name});
    ["words", "wake", "mute", "volume"].forEach(function (id) { by(id).disabled = !speaker.answers; });
    by("type").querySelector("button").disabled = !speaker.answers;
    by("wake").textContent = text(speaker.state === "deaf" ? "tools.wake_deaf" : "tools.wake");
    by("mute").textContent = text(speaker.muted ? "tools.unmute" : "tools.mute");
    by("mute").hidden = Boolean(speaker.mute_switch);
    by("mute").dataset.muted = speaker.muted ? "yes" : "";
    if (speaker.answers && document.activeElement !== by("volume")) by("volume").value = speaker.volume;
  }

  by("type").addEventListener("submit", function (event) {
    event.preventDefault();
    const words = by("words").value.trim();
    if (!words) return;
    act("/api/type", {text: words}).then(function (ok) { if (ok) by("words").value = ""; });
  });

  by("wake").addEventListener("click", function () { act("/api/wake"); });

  by("mute").addEventListener("click", function () { act("/api/mute", {muted: !this.dataset.muted}); });

  by("volume").addEventListener("change", function () {
    this.blur();
    act("/api/volume", {tenths: Number(this.value)});
  });

  /* ---- talk ---- */

  function addTurn(list, turn, words) {
    const item = copy("a_turn");
    item.classList.add(turn.who === "shopper" ? "mine" : "theirs");
    put(item, ".who", text("who." + turn.who, turn) + " ");
    put(item, ".text", words);
    item.dataset.id = turn.id;
    list.appendChild(item);
  }

  /* Only what is new is put in, so that a screen reader reads just that. */
  function showTurns(turns) {
    if (!isNew("turns", turns)) return;
    const list = by("turns"), last = turns.length ? turns[turns.length - 1].id : 0;
    if (last < lastTurn) lastTurn = 0; /* all was forgotten */
    while (list.firstChild && (!lastTurn || Number(list.firstChild.dataset.id) < turns[0].id)) list.removeChild(list.firstChild);
    turns.forEach(function (turn, i) {
      if (turn.id <= lastTurn) return;
      if (!i || turn.at_ms - turns[i - 1].at_ms > GAP_MS) {
        const time = copy("a_time");
        time.dataset.id = turn.id;
        time.textContent = moment(turn.at_ms);
        list.appendChild(time);
      }
      addTurn(list, turn, turn.text);
    });
    lastTurn = last;
    list.hidden = !turns.length;
    list.scrollTop = list.scrollHeight;
  }

  function showPerson(person) {
    by("person").hidden = !person;
    if (!person || !isNew("person", person)) return;
    const list = by("messages");
    by("person_title").textContent = text("person.title", person);
    const state = text(person.answered ? "person.answered" : "person.waits", {when: moment(person.opened_ms)});
    by("person_state").textContent = person.question ? text("person.about", {state: state, question: person.question}) : state;
    empty(list);
    person.messages.forEach(function (m) { addTurn(list, m, m.who === "closed" ? text("person.closed") : m.text); });
  }

  /* ---- basket and orders ---- */

  function addLine(list, line, title, price) {
    const item = copy("a_line");
    put(item, ".many", text("line.many", {n: new Intl.NumberFormat(lang).format(line.quantity)}));
    put(item, ".what", line.options ? text("line.options", {title: title, options: line.options.replace(/\w+: /g, "").replace(/;/g, ",")}) : title);
    put(item, ".price", price ? money(price) : "");
    list.appendChild(item);
  }

  function addSum(list, name, words) {
    const sum = copy("a_sum");
    put(sum, "dt", text("sums." + name));
    put(sum, "dd", words);
    if (name === "total") sum.className = "total";
    list.appendChild(sum);
  }

  function showBasket(basket) {
    if (!isNew("basket", basket)) return;
    const list = by("basket"), sums = by("sums");
    empty(list);
    empty(sums);
    basket.lines.forEach(function (line) { addLine(list, line, line.title, line.total); });
    by("basket_empty").hidden = basket.lines.length > 0;
    if (!basket.lines.length) return;
    if (basket.discount.minor) addSum(sums, "discount", "\u2212" + money(basket.discount));
    addSum(sums, "delivery", basket.delivery.minor ? money(basket.delivery) : text("sums.free"));
    addSum(sums, "total", money(basket.total));
  }

  function isSettled(order) { return /cancelled|refused|returned|refunded|delivered|uncertain/.test(order.state); }

  function whereIs(order) {
    let where = text("where." + order.state);
    if (order.asked) return text("order.asked");
    if (order.state === "refused" && has("refused." + order.trouble)) return text("refused." + order.trouble);
    if (!isSettled(order)) return order.expected_ms ? text("when.expected", {where: where, date: day(order.expected_ms)}) : where;
    if (order.state !== "delivered") return where;
    if (order.delivered_ms) where = text("when.delivered", {where: where, date: day(order.delivered_ms)});
    return order.place ? text("when.at", {where: where, place: order.place}) : where;
  }

  function freshness(order) {
    if (isSettled(order) || !order.as_of_ms) return "";
    return text(order.offline ? "order.fresh_offline" : "order.fresh", {when: moment(order.as_of_ms)});
  }

  /* There are several, and who does not see them hears which one it is. */
  function nameButton(button, order) { button.setAttribute("aria-label", button.textContent + ": " + order.number); }

  function addOrder(list, order) {
    const item = copy("an_order"), show = item.querySelector(".show"), inside = item.querySelector(".inside");
    put(item, ".title", text("order.title", {number: order.number, placed: day(order.placed_ms)}));
    put(item, ".where", whereIs(order));
    put(item, ".fresh", freshness(order));
    nameButton(show, order);
    show.addEventListener("click", function () { toggle(order, show, inside); });
    list.appendChild(item);
  }

  /* It may be a present: what is in it is asked for only now. */
  function toggle(order, show, inside) {
    const open = inside.hidden;
    show.setAttribute("aria-expanded", String(open));
    show.textContent = text(open ? "order.hide" : "order.show");
    nameButton(show, order);
    inside.hidden = !open;
    empty(inside.querySelector("ul"));
    empty(inside.querySelector("dl"));
    if (!open) return;
    ask("GET", "/api/order/" + encodeURIComponent(order.number)).then(function (r) {
      if (r.status === 401) return knock();
      if (!r.ok) return say(text("failed.failed"));
      r.data.lines.forEach(function (line) {
        const part = order.state === "part_shipped" && (line.delivered ? "came" : line.shipped ? "sent" : "");
        addLine(inside.querySelector("ul"), line, part ? text("order." + part, line) : line.title, line.total);
      });
      const goods = r.data.lines.reduce(function (sum, line) { return sum + (line.total ? line.total.minor : 0); }, 0);
      const rest = {minor: r.data.total.minor - goods, currency: r.data.total.currency, digits: r.data.total.digits};
      if (rest.minor) addSum(inside.querySelector("dl"), "rest", money(rest));
      addSum(inside.querySelector("dl"), "total", money(r.data.total));
    });
  }

  /* The newest few; the others to who wants them. */
  function showEarlier(all) {
    const items = by("orders").children;
    for (let i = NEWEST; i < items.length; i++) items[i].hidden = !all;
    by("earlier").hidden = all || items.length <= NEWEST;
  }

  by("earlier").addEventListener("click", function () {
    showEarlier(true);
    by("orders").children[NEWEST].querySelector("button").focus();
  });

  function lookAtOrders() {
    lastOrders = Date.now();
    ask("GET", "/api/orders").then(function (r) {
      if (!r.ok || !isNew("orders", r.data.orders)) return;
      const list = by("orders");
      empty(list);
      r.data.orders.forEach(function (order) { addOrder(list, order); });
      showEarlier(false);
      by("orders_none").hidden = r.data.orders.length > 0;
    });
  }

  /* ---- the owner ---- */

  function lookAtOwner() {
    lastOwner = Date.now();
    ask("GET", "/api/owner").then(function (r) {
      if (!r.ok || !isNew("owner", r.data)) return;
      const list = by("findings");
      empty(list);
      r.data.findings.forEach(function (finding) {
        const item = copy("a_finding");
        if (!finding.ok) item.className = "bad";
        put(item, ".how", text(finding.ok ? "finding.ok" : "finding.bad") + " ");
        put(item, ".text", text("finding.line", finding));
        list.appendChild(item);
      });
    });
  }

  by("owner").addEventListener("toggle", function () { if (this.open) lookAtOwner(); });

  /* ---- again and again ---- */

  function show(now) {
    const stored = now.store === "ok";
    by("door").hidden = true;
    by("home").hidden = false;
    showSpeaker(now.speaker, now.shop);
    stands(!stored ? text("notice." + now.store) : now.speaker.answers ? "" : text("notice.away"));
    if (!stored) return;
    showTurns(now.turns);
    showBasket(now.basket);
    showPerson(now.person);
    if (Date.now() - lastOrders > ORDERS_MS) lookAtOrders();
    if (by("owner").open && Date.now() - lastOwner > OWNER_MS) lookAtOwner();
  }

  function look() {
    clearTimeout(timer);
    ask("GET", "/api/now").then(function (r) {
      clearTimeout(timer);
      if (r.status === 401) return knock();
      if (r.ok) show(r.data);
      else stands(text("notice.lost"));
      if (!document.hidden) timer = setTimeout(look, LOOK_MS);
    });
  }

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && by("door").hidden) look();
  });

  function begin() {
    ask("GET", "/texts.json").then(function (r) {
      if (!r.ok) return setTimeout(begin, LOOK_MS);
      texts = r.data;
      showState("wait", "");
      look();
    });
  }

  begin();
})();
