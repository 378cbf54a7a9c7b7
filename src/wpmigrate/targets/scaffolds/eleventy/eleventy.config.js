import { existsSync, readFileSync } from "node:fs";

const data = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);

// The file that a server shows at an old address; nothing when there can be none (/?p=17 needs a server).
function fileOf(address) {
  let path;
  try {
    path = decodeURIComponent(address).slice(1);
  } catch {
    return undefined;
  }
  if (!/\.html?$/i.test(path)) path = path.replace(/\/$/, "") + "/index.html";
  const odd = address.includes("?") || /^\/|[\x00-\x1f\\]|(^|\/)\.{0,2}\//.test(path);
  return odd || path.split("/").some((name) => Buffer.byteLength(name) > 255) ? undefined : path;
}

function dataOf(folder, page) {
  const stems = [page.inputPath.replace(/^\.\/content\/|\.md$/g, ""), page.url.replace(/^\/|\/$/g, "")];
  return stems.map((stem) => data(`${folder}/${stem}.json`)).find(Boolean);
}

export default function (config) {
  config.addGlobalData("settings", { title: @TITLE@, tagline: @TAGLINE@, language: @LANGUAGE@, frontPage: @HOME@ });

  config.addPassthroughCopy("media");
  config.addPassthroughCopy({ static: "/" });

  // Markdown as written: HTML stays, quotes and dashes are left alone, bare addresses are no links.
  config.amendLibrary("md", (markdown) => markdown.set({ html: true, breaks: false, linkify: false, typographer: false }));

  config.addCollection("oldAddresses", (pages) => {
    const taken = new Set(pages.getAll().map(({ url }) => url));
    const moved = new Map((data("redirects.json") ?? []).map(({ old, new: to }) => [fileOf(old), to]));
    const free = ([path]) => path && !taken.has("/" + path.replace(/(^|\/)index\.html$/, "$1"));
    return [...moved].filter(free).map(([path, to]) => ({ path, to }));
  });

  config.addFilter("href", (url) => encodeURI(url).replace(/[?#]/g, encodeURIComponent));

  // {% assign entry = page | record %}: all that is known of an entry. {% assign answers = page | comments %}: its comments.
  config.addFilter("record", (page) => dataOf("records", page));
  config.addFilter("comments", (page) => dataOf("_data/comments", page));

  return {
    templateFormats: ["md", "liquid"],
    markdownTemplateEngine: false, // {{ }} in an entry is text
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "_site" },
  };
}
