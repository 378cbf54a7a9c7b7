// What wpmigrate knows of the whole site. A site that came from pages alone has neither file.
const only = (found) => Object.values(found)[0];

export const site = only(import.meta.glob("./data/site.json", { eager: true, import: "default" })) ?? {};
export const redirects = only(import.meta.glob("../redirects.json", { eager: true, import: "default" })) ?? [];
export const title = @TITLE@;
export const tagline = @TAGLINE@;
export const language = @LANGUAGE@;

/** The path of an address as Astro wants it: decoded, without the outer slashes. */
export function path(address) {
  const bare = address.replace(/^\/+|\/+$/g, "");
  try {
    return decodeURIComponent(bare);
  } catch {
    return bare;
  }
}

/** The day of a date, which Astro reads as a moment in UTC. */
export function day(date) {
  return (date instanceof Date ? date.toISOString() : String(date ?? "")).slice(0, 10);
}

/** Newest first, what has no date last. */
export function byDate(a, b) {
  return (b.data.date?.valueOf() ?? 0) - (a.data.date?.valueOf() ?? 0);
}
