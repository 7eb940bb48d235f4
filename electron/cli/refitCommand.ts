import { EngineError } from '#core/base/errors.ts';
import type { RunEvent } from '#core/contract/runEvents.ts';
import type { RefitSummary, VariantSummary } from '#core/contract/runTypes.ts';
import { metricCalled, runNamed } from '#core/engine/index.ts';
import { jsonProgress, progressBar } from '#electron/cli/progress.ts';
import { NO_FILES, RunFailed } from '#electron/cli/followRun.ts';
import { printJson, withEngine } from '#electron/cli/session.ts';

export interface RefitOptions {
  readonly workspace?: string;
  /** Number of the variant, from 1; base models stand behind those that compete. */
  readonly variant?: number;
  /** Name of the model; of several settings of it, the best by cross-validation. */
  readonly model?: string;
  /** The branch that holds the model, where several do: a lane, or lanes from the outside joined by "/". */
  readonly branch?: string;
  readonly workers?: number;
  readonly json?: boolean;
}

/** `refract refit`: trains one variant or base model of a finished run on all training data, once. */
export async function refitCommand(run: string, options: RefitOptions): Promise<void> {
  if ((options.variant === undefined) === (options.model === undefined))
    throw new EngineError('app.bad-argument', { argument: '--variant', problem: 'or --model is needed, one of them' });
  const json = options.json === true;
  const progress = json ? jsonProgress() : progressBar();
  const summary = await withEngine<RefitSummary>(
    {
      workspace: options.workspace,
      workers: options.workers,
      emit: (name, value) => {
        if (name === 'runs.events') progress.event(value as RunEvent); // the stream of this name carries these
      },
    },
    async ({ engine }) => {
      const { id, metric, result } = runNamed(engine.parts, run);
      const all = engine.parts.workspace.variants.all(id);
      const lower = metricCalled(metric, result?.task ?? 'regression').direction === 'lower';
      const variant = options.variant === undefined ? chosen(all, options, { lower }) : options.variant - 1;
      if (!all.some((one) => one.variant === variant))
        throw new EngineError('app.bad-argument', {
          argument: '--variant',
          problem: `must be a number from 1 to ${all.length}`,
        });
      try {
        return await engine.handlers['runs.refit']({ runId: id, variant }, NO_FILES);
      } finally {
        progress.end();
      }
    },
  );
  if (json) printJson(summary);
  if (summary.problem !== null) throw new RunFailed(`${summary.label} could not be refitted: ${summary.problem}`);
  if (!json) process.stdout.write(inWords(summary));
}

/** The model of that name; of several settings the best by cross-validation, the first of equals. */
function chosen(
  variants: readonly VariantSummary[],
  { model = '', branch }: RefitOptions,
  { lower }: { readonly lower: boolean },
): number {
  const named = variants.filter(({ modelName, model: id }) => same(modelName || id, model));
  const names = [...new Set(variants.map(({ modelName, model: id }) => modelName || id))];
  if (named.length === 0)
    throw new EngineError('app.bad-argument', {
      argument: '--model',
      problem: `names no model of this run; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}`,
    });
  const inBranch = branch === undefined ? named : named.filter(({ branchPath }) => isBranch(branchPath, branch));
  const branches = [...new Set(named.map(({ branchPath }) => branchPath.join('/') || 'none'))];
  const found = new Set(inBranch.map(({ branchPath }) => branchPath.join('/')));
  if (found.size !== 1)
    throw new EngineError('app.bad-argument', {
      argument: '--branch',
      problem: `must name one branch that holds ${model}: ${branches.join(', ')}`,
    });
  const score = ({ meanScore }: VariantSummary): number =>
    meanScore === null ? Number.POSITIVE_INFINITY : lower ? meanScore : -meanScore;
  return inBranch.reduce((best, one) => (score(one) < score(best) ? one : best)).variant;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isBranch = (path: readonly string[], branch: string): boolean =>
  same(path.join('/'), branch) || same(path.at(-1) ?? 'none', branch);

function inWords({ variant, label, rmsec, rmsep, train, test }: RefitSummary): string {
  const figure = (value: number | null | undefined): string => value?.toPrecision(4) ?? '–';
  const figures =
    rmsec !== null
      ? `RMSEC ${figure(rmsec)}, RMSEP ${figure(rmsep)}`
      : `balanced accuracy: training ${figure(train?.balancedAccuracy)}, test ${figure(test?.balancedAccuracy)}`;
  return `Refitted ${label} on all training data: ${figures}.\nIt is among the models; export it with --variant ${variant + 1}.\n`;
}
