// Who may come in by Medusa's own logins; the plug-in reads bodies itself, with its own limits and words (lib/web/handle.js).
const { authenticate, defineMiddlewares } = require("@medusajs/framework/http")

const customer = [authenticate("customer", ["bearer"])]

exports.default = defineMiddlewares({ routes: [
  { matcher: "/shopkeeper/v1/*", bodyParser: false },
  { matcher: "/admin/shopkeeper/*", bodyParser: false },
  { matcher: "/shopkeeper/v1/pairings/approve", methods: ["POST"], middlewares: customer },
  { matcher: "/shopkeeper/v1/devices*", methods: ["GET", "DELETE"], middlewares: customer },
] })
