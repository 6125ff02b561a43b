// The page on which a customer logs in, types the code that a speaker says, and sees and unpairs their speakers. It keeps nothing: the login
// lives as long as the page is open. All text of others is set as text, never as HTML.
exports.page = (shop) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Pair a speaker</title>
<style>
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
  label { display: block; margin: .8rem 0 } input, button { font: inherit; padding: .5rem; width: 100%; box-sizing: border-box }
  button { margin-top: .5rem; cursor: pointer } li { display: flex; gap: 1rem; align-items: center; justify-content: space-between } li button { width: auto }
  ul { padding: 0 } [hidden] { display: none !important } #said { min-height: 1.5em; font-weight: bold }
</style></head><body>
<h1>Pair a speaker</h1><p id="shop"></p>
<form id="login"><label>E-mail <input name="email" type="email" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label><button>Log in</button></form>
<div id="in" hidden><form id="pair"><label>The six digits that the speaker says
<input name="code" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 -]{6,20}" required></label><button>Pair it</button></form>
<h2>Your speakers</h2><ul id="devices"></ul></div><p id="said" role="status"></p>
<script>
const $ = (id) => document.getElementById(id), say = (text) => { $("said").textContent = text }
let token = ""
$("shop").textContent = ${JSON.stringify(shop).replace(/</g, "\\u003c")}
async function ask(method, path, body) {
  const answer = await fetch(path, { method, headers: { "content-type": "application/json", ...(token ? { authorization: "Bearer " + token } : {}) }, body: body && JSON.stringify(body) })
  const value = await answer.json().catch(() => ({}))
  if (!answer.ok) throw new Error(value.message || "The shop does not answer as it should.")
  return value
}
async function show() {
  const { devices } = await ask("GET", "/shopkeeper/v1/devices")
  $("devices").replaceChildren(...devices.filter((d) => !d.revoked_at).map((d) => {
    const item = document.createElement("li"), name = document.createElement("span"), unpair = document.createElement("button")
    name.textContent = d.name + (d.seen_at ? ", last seen " + new Date(d.seen_at).toLocaleString() : "")
    unpair.textContent = "Unpair"
    unpair.onclick = () => ask("DELETE", "/shopkeeper/v1/devices/" + encodeURIComponent(d.id)).then(() => { say(d.name + " is unpaired."); return show() }).catch((e) => say(e.message))
    item.append(name, unpair)
    return item
  }))
}
$("login").onsubmit = async (event) => {
  event.preventDefault()
  const { email, password } = Object.fromEntries(new FormData(event.target))
  try {
    const answer = await ask("POST", "/auth/customer/emailpass", { email, password })
    if (!answer.token) throw new Error("Please log in with a password.")
    token = answer.token
    await show()
    $("login").hidden = true
    $("in").hidden = false
    say("")
  } catch (e) { token = ""; say(e.message) }
}
$("pair").onsubmit = async (event) => {
  event.preventDefault()
  try {
    const { name } = await ask("POST", "/shopkeeper/v1/pairings/approve", { code: new FormData(event.target).get("code") })
    say(name + " is paired. It will say so in a moment.")
    event.target.reset()
    await show()
  } catch (e) { say(e.message) }
}
</script></body></html>
`
