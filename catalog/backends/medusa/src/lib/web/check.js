// What a request brings, checked: each function gives the value back or refuses it with the name of its field.
const { invalid } = require("./refusal.js")

const KEY = /^[A-Za-z0-9-]{8,64}$/
const ID = /^[A-Za-z0-9_.-]{1,63}$/
const DECIMAL = /^(0|[1-9]\d{0,11})(\.\d{1,3})?$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

function matching(pattern, what) {
  return (value, name) => {
    if (typeof value !== "string" || !pattern.test(value)) throw invalid(`${name} is ${what}`)
    return value
  }
}

const key = matching(KEY, "a key: 8 to 64 letters, digits and -")
const id = matching(ID, "an id: 1 to 63 letters, digits, _ . and -")
const decimal = matching(DECIMAL, 'a decimal as text, such as "2" or "0.5"')

// Plain text of min to max bytes of UTF-8, without control characters. `fallback`: what it is if it is left out.
function text(value, name, { min = 1, max, fallback }) {
  if (value === undefined && fallback !== undefined) return fallback
  if (typeof value !== "string" || CONTROL.test(value)) throw invalid(`${name} is plain text`)
  const bytes = Buffer.byteLength(value)
  if (bytes < min || bytes > max || (min > 0 && !value.trim())) throw invalid(`${name} has ${min} to ${max} bytes`)
  return value
}

function quantity(value, name) {
  decimal(value, name)
  const n = value.includes(".") ? value.replace(/\.?0+$/, "") : value
  if (Number(n) <= 0 || Number(n) > 1000000) throw invalid(`${name} is above 0 and at most 1000000`)
  return n
}

function time(value, name, fallback) {
  if (value === undefined && fallback !== undefined) return fallback
  const at = typeof value === "string" && TIME.test(value) ? new Date(value) : null
  if (!at || Number.isNaN(at.getTime())) throw invalid(`${name} is a time in UTC, such as "2026-11-26T07:35:02.123Z"`)
  return at
}

function list(value, name, { min = 0, max, fallback }) {
  if (value === undefined && fallback !== undefined) return fallback
  if (!Array.isArray(value) || value.length < min || value.length > max) throw invalid(`${name} is a list of ${min} to ${max}`)
  return value
}

function object(value, name) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(`${name} is an object`)
  return value
}

function oneOf(value, name, allowed) {
  if (!allowed.includes(value)) throw invalid(`${name} is one of ${allowed.join(", ")}`)
  return value
}

// A whole number of the query string.
function whole(value, name, { min, max, fallback }) {
  if (value === undefined || value === "") return fallback
  if (typeof value !== "string" || !/^\d{1,15}$/.test(value) || Number(value) < min || Number(value) > max)
    throw invalid(`${name} is a whole number from ${min} to ${max}`)
  return Number(value)
}

// The longest beginning of a text that has at most max bytes of UTF-8.
function cut(value, max) {
  const plain = String(value ?? "").replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim()
  if (Buffer.byteLength(plain) <= max) return plain
  let out = "", bytes = 0
  for (const c of plain) {
    bytes += Buffer.byteLength(c)
    if (bytes > max) break
    out += c
  }
  return out.trim()
}

module.exports = { key, id, decimal, text, quantity, time, list, object, oneOf, whole, cut, KEY, ID }
