// Who buys, and how.
const { device } = require("../../../../lib/web/handle.js")
const { account } = require("../../../../lib/people/account.js")

exports.GET = device(account)
