// The page of pairing.
const { shopOf } = require("../../../lib/shop.js")
const { page } = require("../../../lib/people/page.js")

exports.GET = async (req, res) => {
  res.setHeader("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'")
  res.setHeader("Cache-Control", "no-store")
  res.setHeader("Referrer-Policy", "no-referrer")
  res.type("text/html; charset=utf-8").send(page((await shopOf(req.scope)).name))
}
