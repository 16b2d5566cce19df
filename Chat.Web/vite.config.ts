import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// CHAT_API and PORT are the app host's, or by hand: CHAT_API=http://localhost:5080 npm run dev
const api = process.env["CHAT_API"] ?? "http://localhost:5080";

export default defineConfig({
  plugins: [react()],
  server: { host: "localhost", port: Number(process.env["PORT"] ?? 5173), strictPort: true, proxy: { "/api": api, "/files": api, "/openapi": api } },
  build: {
    target: "es2022",
    // The policy of the page allows no data: scripts or styles, and a file of its own is cached for ever.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  test: { include: ["src/**/*.test.ts", "src/**/*.test.tsx"] },
});
