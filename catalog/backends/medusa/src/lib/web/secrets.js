// Ids, secrets and spoken codes. What is stored of a secret is its SHA-256: it has 256 random bits, so nothing slower is needed.
const { createHash, randomBytes, randomInt, timingSafeEqual } = require("crypto")
const { generateEntityId } = require("@medusajs/framework/utils")

exports.newId = (prefix) => generateEntityId("", prefix)
exports.newSecret = () => randomBytes(32).toString("base64url")
exports.newCode = () => String(randomInt(0, 1000000)).padStart(6, "0")
exports.hash = (secret) => createHash("sha256").update(secret).digest("hex")
exports.matches = (secret, hash) => {
  const a = Buffer.from(exports.hash(secret), "hex"), b = Buffer.from(hash, "hex")
  return a.length === b.length && timingSafeEqual(a, b)
}
// Of a thing that a repeat must be equal to.
exports.digest = (thing) => createHash("sha256").update(JSON.stringify(thing)).digest("hex")
