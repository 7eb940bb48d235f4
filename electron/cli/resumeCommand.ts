import { EngineError } from '#core/base/errors.ts';
import { runNamed } from '#core/engine/index.ts';
import { followRun, NO_FILES } from '#electron/cli/followRun.ts';

export interface ResumeOptions {
  readonly workspace?: string;
  readonly workers?: number;
  readonly json?: boolean;
}

/**
 * `refract resume`: a run that stopped goes on; what is stored is not computed again. Prints what `run` prints. Without
 * a run, the latest that was interrupted.
 */
export async function resumeCommand(run: string | undefined, options: ResumeOptions): Promise<void> {
  await followRun({ ...options, json: options.json === true }).printed(async (engine) => {
    const { workspace } = engine.parts;
    const found =
      run === undefined
        ? workspace.runs.list().find(({ status }) => status === 'interrupted')
        : runNamed(engine.parts, run);
    if (found === undefined) throw new EngineError('run.nothing-to-resume', { run: null });
    const { runId } = await engine.handlers['runs.resume']({ runId: found.id }, NO_FILES);
    return runId;
  });
}
