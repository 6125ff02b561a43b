// An answer that is no success: status, code for the program, one sentence for an operator, and what else the contract names.
class Refusal extends Error {
  constructor(status, code, message, more = {}) {
    super(message)
    this.status = status
    this.code = code
    this.more = more
  }
}

exports.Refusal = Refusal
exports.invalid = (message) => new Refusal(400, "invalid", message)
exports.notFound = (message) => new Refusal(404, "not_found", message)
exports.conflict = (code, message, more) => new Refusal(409, code, message, more)
