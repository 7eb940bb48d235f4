import type { Sentences } from '#core/base/sentences.ts';

/** Failures of this area: code → details. */
export interface AppErrors {
  'app.forbidden': { what: string };
  'app.timeout': { call: string; seconds: number };
  'app.bad-request': { call: string; problem: string };
  'app.engine-stopped': { call: string };
  'app.bad-argument': { argument: string; problem: string };
}

export const appSentences: Sentences<AppErrors> = {
  'app.forbidden': (d) => `${d.what} is not allowed.`,
  'app.timeout': (d) => `The engine did not answer "${d.call}" within ${d.seconds} s. Try again; nothing was lost.`,
  'app.bad-argument': (d) => `${d.argument} ${d.problem}.`,
  'app.bad-request': (d) => `The request "${d.call}" was not understood: ${d.problem}`,
  'app.engine-stopped': (d) =>
    `The engine stopped while it worked on "${d.call}". It is starting again; repeat the action.`,
};
