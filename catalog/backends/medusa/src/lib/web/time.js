// Times as the contract writes them.
exports.time = (x) => {
  const at = x === null || x === undefined || x === "" ? null : new Date(x)
  return at && !Number.isNaN(at.getTime()) ? at.toISOString() : null
}
