import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";

// The id is the file's path, so that two entries with one slug stay two.
export const collections = {
  entries: defineCollection({
    loader: glob({ pattern: "**/*.md", base: "./src/content", generateId: ({ entry }) => entry }),
  }),
};
