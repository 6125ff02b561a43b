// The module of the plug-in: its tables (migrations/) and its options (service.js). Resolved as "shopkeeper".
const { Module } = require("@medusajs/framework/utils")
const service = require("./service.js")

exports.default = Module("shopkeeper", { service })
