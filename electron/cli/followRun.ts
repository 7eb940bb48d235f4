import { CancelledError } from '#core/base/cancellation.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RunResult } from '#core/contract/runTypes.ts';
import type { Engine } from '#core/engine/index.ts';
import { printResult } from '#electron/cli/printResult.ts';
import { jsonProgress, progressBar } from '#electron/cli/progress.ts';
import { printJson, withEngine } from '#electron/cli/session.ts';

export interface FollowOptions {
  readonly workspace?: string | undefined;
  readonly workers?: number | undefined;
  readonly json: boolean;
}

/** A run that failed after it had started: exit code 1, its sentence as it is. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
}

export const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Opens the engine, starts something that is a run, shows its progress, and prints its result. Ctrl+C cancels it. */
export function followRun({ workspace, workers, json }: FollowOptions) {
  const progress = json ? jsonProgress() : progressBar();
  const searched = new Set<string>();
  let ended: (event: RunEvent) => void = () => undefined;

  function heard(event: RunEvent): void {
    progress.event(event);
    if (event.type === 'trial.completed') for (const name of Object.keys(event.params)) searched.add(name);
    ended(event);
  }

  return {
    importing: (doing: string, fraction: number): void => {
      progress.importing(doing, fraction);
    },
    /** @param start answers with the run's id */
    async printed(start: (engine: Engine) => Promise<string>): Promise<void> {
      const result = await withEngine<RunResult>(
        {
          workspace,
          workers,
          emit: (name, value) => {
            if (name === 'runs.events') heard(value as RunEvent); // the stream of this name carries these
          },
        },
        async ({ engine }) => {
          const finished = new Promise<RunResult>((done, fail) => {
            ended = (event) => {
              if (event.type === 'run.completed') done(event.result);
              else if (event.type === 'run.cancelled') fail(new CancelledError());
              else if (event.type === 'run.failed' || event.type === 'run.interrupted')
                fail(new RunFailed(event.message));
            };
          });
          finished.catch(() => undefined); // heard below; until then the start may still fail by itself
          const runId = await start(engine);
          const cancel = () => void engine.handlers['runs.cancel']({ runId }, NO_FILES);
          for (const signal of SIGNALS) process.once(signal, cancel);
          try {
            return await finished;
          } finally {
            for (const signal of SIGNALS) process.off(signal, cancel);
            progress.end();
            await engine.stopRuns();
          }
        },
      );
      if (json) printJson(result);
      else printResult(result, [...searched]);
    },
  };
}

/** For calls that name no files. */
export const NO_FILES = {
  path: (): string => {
    throw new Error('This call names no files.');
  },
};
