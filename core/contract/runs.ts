import { z } from 'zod';
import { call, LONG_JOB_SECONDS, Nothing, stream } from '#core/contract/call.ts';
import { RunEvent } from '#core/contract/runEvents.ts';
import { RefitSummary, RunId, RunStart, RunSummary } from '#core/contract/runTypes.ts';

const One = z.strictObject({ runId: RunId });

/** Everything the window may ask about runs. */
export const runs = {
  'runs.start': call({ in: RunStart, out: One }),
  /** Answers as soon as the request is noted; the run ends with `run.cancelled`. */
  'runs.cancel': call({ in: One, out: Nothing }),
  /**
   * A run that was interrupted, cancelled or that failed goes on: what is stored and unaltered is not computed again.
   * The result is that of a run that nothing disturbed.
   */
  'runs.resume': call({ in: One, out: One }),
  'runs.list': call({ in: Nothing, out: z.array(RunSummary) }),
  'runs.get': call({ in: One, out: RunSummary }),
  /**
   * What happened after event number `after`, for a screen that opens in the middle of a run: at most `HISTORY_PAGE`
   * events. Fewer: there are no more so far.
   */
  'runs.history': call({ in: One.extend({ after: z.int().min(0).default(0) }), out: z.array(RunEvent) }),
  /**
   * Trains a variant (a base model too) on all training data, by itself, once: later calls answer what is there. It is
   * listed among the models then.
   */
  'runs.refit': call({
    in: z.strictObject({ runId: RunId, variant: z.int().min(0) }),
    out: RefitSummary,
    timeoutSeconds: LONG_JOB_SECONDS,
  }),
  'runs.remove': call({ in: One, out: Nothing }),
  'runs.events': stream({ out: RunEvent }),
};
