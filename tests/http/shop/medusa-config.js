// The shop that script/test-shop runs: Medusa as it comes, the plug-in, and a payment provider that can refuse.
const { defineConfig } = require("@medusajs/framework/utils")

module.exports = defineConfig({
  admin: { disable: true },
  plugins: [{ resolve: "shopkeeper-medusa", options: { region: "United States", salesChannel: "Speaker", paymentProvider: "pp_system_default" } }],
  modules: [{
    resolve: "@medusajs/medusa/payment",
    options: { providers: [{ resolve: "./src/modules/test-card", id: "test" }] },
  }],
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      host: "127.0.0.1",
      storeCors: "*", adminCors: "*", authCors: "*",
      jwtSecret: "only for tests", cookieSecret: "only for tests", jwtExpiresIn: "1d",
      compression: { enabled: true, threshold: 1024 },
    },
  },
})
