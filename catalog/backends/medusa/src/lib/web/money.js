// Exact decimals. Medusa's amounts are BigNumbers with as many digits as the computation gave; what leaves here has as many as the
// currency has, rounded half away from zero.
const { MathBN } = require("@medusajs/framework/utils")

const HALF_AWAY = 4 // bignumber.js ROUND_HALF_UP: away from zero

const digits = new Map()
function decimals(currency) {
  const code = currency.toUpperCase()
  if (!digits.has(code)) digits.set(code, new Intl.NumberFormat("en", { style: "currency", currency: code }).resolvedOptions().maximumFractionDigits)
  return digits.get(code)
}

const number = (x) => MathBN.convert(x ?? 0)
exports.number = number
exports.money = (x, currency) => number(x).toFixed(decimals(currency), HALF_AWAY).replace(/^-(0(\.0+)?)$/, "$1")
exports.moneyOrNull = (x, currency) => (x === null || x === undefined ? null : exports.money(x, currency))
exports.quantity = (x) => number(x).decimalPlaces(3, HALF_AWAY).toFixed()
exports.same = (a, b) => number(a).eq(number(b))
