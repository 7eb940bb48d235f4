import type { RouteKey } from '#core/data/fittedChain.ts';
import type { FinalFit } from '#core/execution/finalFits.ts';
import { withMembers } from '#core/execution/fittedMembers.ts';
import type { RunContext } from '#core/execution/runContext.ts';
import type { Judges } from '#core/execution/unit.ts';

/**
 * What decides to which lane of a deployed route a sample goes: filters where they wrote the column, else the metadata.
 * Filters are part of no stored model, so they are fitted again where the models come from an earlier run.
 *
 * @param lane any lane of the route: what separates the samples stands in all of them
 */
export async function routeKeyOf(
  run: RunContext,
  column: string,
  lane: Pick<FinalFit, 'steps' | 'parts' | 'result' | 'entry'>,
): Promise<RouteKey> {
  const { steps, parts, result, entry } = lane;
  const usable = (judge: Judges[string]): RouteKey => ({
    ...judge,
    lane: withMembers(judge.lane, parts) as typeof judge.lane, // only models are put in
  });
  const { data, plan } = run.input;
  const known = result.judges[column];
  if (known !== undefined) return usable(known);
  const at = steps.findIndex((step) => step.role === 'filter' && step.keyword === 'tag' && step.name === column);
  if (at < 0) return { kind: 'column', column };
  const { stage } = await run.ports.pool.prepare(data, {
    kind: 'prepare',
    ...{ steps, end: at + 1, splitterIndex: entry.group.splitterIndex },
    fold: { train: Int32Array.from(data.train.keys()), validation: new Int32Array(0) },
    ...{ input: null, known: {}, seed: plan.seed },
  });
  const judge = stage.judges[column];
  return judge === undefined ? { kind: 'column', column } : usable(judge);
}
