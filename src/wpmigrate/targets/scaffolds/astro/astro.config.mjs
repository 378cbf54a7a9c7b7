import { defineConfig } from "astro/config";

// Quotes, dashes and code stay as they are, and addresses end as the entries say.
export default defineConfig({
  trailingSlash: "always",
  markdown: { smartypants: false, syntaxHighlight: false },
});
