import { basename } from 'node:path';
import { atomicWrite } from '#core/artifacts/atomicWrite.ts';
import { describeOperator } from '#core/catalog/descriptor.ts';
import { catalog } from '#core/catalog/operators.ts';
import { Preferences } from '#core/contract/app.ts';
import type { HandlersOf } from '#core/contract/handlers.ts';
import { engineFacts } from '#core/engine/engineFacts.ts';
import type { EngineParts } from '#core/engine/engineParts.ts';

type Calls =
  'app.about' | 'app.facts' | 'preferences.get' | 'preferences.set' | 'files.save' | 'jobs.cancel' | 'operators.list';

/** The application about itself, the person's settings, and files that the window made (plots, tables). */
export function appHandlers(parts: EngineParts): HandlersOf<Calls> {
  const { workspace, jobs } = parts;
  // A setting that an older or newer version wrote and this one does not know falls back to its default.
  const preferences = (): Preferences => {
    const stored = workspace.preferences.all();
    const known = Object.entries(Preferences.shape).filter(([key, field]) => field.safeParse(stored[key]).success);
    return Preferences.parse(Object.fromEntries(known.flatMap(([key]) => (key in stored ? [[key, stored[key]]] : []))));
  };
  return {
    'app.about': () => ({
      version: parts.appVersion,
      workspaceName: workspace.name,
      workspacePath: workspace.folder,
      engineNode: process.version,
      workers: parts.pool.size,
    }),
    'app.facts': () => engineFacts(parts),
    'preferences.get': preferences,
    'preferences.set'({ ...changes }) {
      workspace.preferences.set(changes);
      return preferences();
    },
    async 'files.save'({ file, data }, context) {
      const path = context.path(file);
      const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
      await atomicWrite(path, bytes);
      return { name: basename(path), bytes: bytes.length };
    },
    'jobs.cancel'({ jobId }) {
      jobs.cancel(jobId);
      return {};
    },
    'operators.list': () => catalog.all.map(describeOperator),
  };
}
