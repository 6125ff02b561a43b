// What has changed in the catalogue.
const { device } = require("../../../../lib/web/handle.js")
const { feed } = require("../../../../lib/catalogue/feed.js")

exports.GET = device(feed)
