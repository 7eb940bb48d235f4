import { contentHasher } from '#core/data/contentHash.ts';
import { sha256 } from '#core/engine/runIdentity.ts';
import type { ContentHashes } from '#core/workspace/index.ts';

/** The hashes that imports and runs store, computed again. Earlier versions hashed datasets in another format. */
export const contentHashes: ContentHashes = {
  dataset: async (dataset) => [(await contentHasher())(dataset), (await contentHasher({ format: 1 }))(dataset)],
  pipeline: sha256,
};
