import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { CancelledError, type CancelToken } from '#core/base/cancellation.ts';
import { EngineError } from '#core/base/errors.ts';
import { foldFilesIn, importPaths } from '#core/engine/index.ts';
import { followRun, NO_FILES, SIGNALS } from '#electron/cli/followRun.ts';

export interface RunOptions {
  readonly data: string;
  readonly target?: string;
  readonly workspace?: string;
  readonly seed?: number;
  readonly trainSplit?: string[];
  readonly testSplit?: string[];
  readonly workers?: number;
  readonly json?: boolean;
  /** False with `--no-cache`. */
  readonly cache?: boolean;
}

/** `refract run`: imports the data (once per content), runs, prints the result. Ctrl+C cancels and keeps what is done. */
export async function runCommand(pipelineFile: string, options: RunOptions): Promise<void> {
  const pipeline = await readText(pipelineFile);
  const json = options.json === true;
  const run = followRun({ ...options, json });
  await run.printed(async (engine) => {
    const stop = stopOnSignal();
    const { id } = await importPaths(engine.parts, [resolve(options.data)], {
      cancel: stop,
      onProgress: run.importing,
    }).finally(() => {
      stop.release();
    });
    const { runId } = await engine.handlers['runs.start'](
      {
        datasetId: id,
        name: basename(pipelineFile).replace(/\.[^.]+$/, ''),
        pipeline,
        target: options.target ?? null,
        seed: options.seed ?? null,
        trainSplit: options.trainSplit ?? null,
        testSplit: options.testSplit ?? null,
        cache: options.cache !== false,
        foldFiles: await readFoldFiles(pipeline, dirname(resolve(pipelineFile))),
      },
      NO_FILES,
    );
    return runId;
  });
}

/** Files with folds stand beside the pipeline, or where it says. */
async function readFoldFiles(pipeline: string, folder: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of foldFilesIn(pipeline)) files[name] = await readText(resolve(folder, name));
  return files;
}

/** Ctrl+C while the data are read: the import stops at its next check, and nothing is stored. */
function stopOnSignal(): CancelToken & { release(): void } {
  let cancelled = false;
  const cancel = (): void => {
    cancelled = true;
  };
  for (const signal of SIGNALS) process.once(signal, cancel);
  return {
    get cancelled() {
      return cancelled;
    },
    check() {
      if (cancelled) throw new CancelledError();
    },
    release() {
      for (const signal of SIGNALS) process.off(signal, cancel);
    },
  };
}

export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new EngineError('data.unreadable', { file: basename(file), reason: reasonOf(error) }, { cause: error });
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
    ? 'there is no such file. Check the path.'
    : error instanceof Error
      ? error.message
      : String(error);
