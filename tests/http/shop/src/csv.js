// RFC 4180, as far as the sample shops use it: rows as objects by the names in the first line.
const fs = require("fs")

function cells(text) {
  const rows = [[""]]
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i], row = rows[rows.length - 1]
    if (quoted && c === '"' && text[i + 1] === '"') row[row.length - 1] += text[++i]
    else if (c === '"') quoted = !quoted
    else if (!quoted && c === ",") row.push("")
    else if (!quoted && c === "\n") rows.push([""])
    else if (quoted || c !== "\r") row[row.length - 1] += c
  }
  return rows.filter((r) => r.length > 1 || r[0])
}

// How catalog/README.md writes times: "-90d", "+25d", "" (unknown).
function time(text, now = Date.now()) {
  const m = /^([+-])(\d+)([mhdw])/.exec(text)
  if (!m) return null
  return new Date(now + Number(m[1] + m[2]) * { m: 60e3, h: 3600e3, d: 86400e3, w: 7 * 86400e3 }[m[3]])
}

exports.time = time
exports.read = (file) => {
  const [names, ...rows] = cells(fs.readFileSync(file, "utf8"))
  return rows.map((r) => Object.fromEntries(names.map((n, i) => [n, r[i] ?? ""])))
}
