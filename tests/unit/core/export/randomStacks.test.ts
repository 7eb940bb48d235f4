import fc from 'fast-check';
import { expect, test } from 'vitest';
import { predictDeployed, refitted } from '#core/data/deployedModel.ts';
import { operatorsOf, type FittedChain, type FittedPart, type FittedStep } from '#core/data/fittedChain.ts';
import { loadFinalModel, storeFinalModel } from '#core/engine/finalModel.ts';
import { checkExport, lookup } from '#tests/unit/core/export/support/exportCheck.ts';
import {
  byHand,
  chainOf,
  lane,
  member,
  path,
  unseen,
  unseenFacts,
} from '#tests/unit/core/export/support/fittedStacks.ts';
import { fixedNow, RUN_ID } from '#tests/unit/core/workspace/support/builders.ts';
import { workspaceWithRun } from '#tests/unit/core/workspace/support/openWorkspaceForTest.ts';

// Any nesting of stacks, merges of spectra, weights, sources and separations.

interface Base {
  readonly kind: 'base';
  readonly lane: readonly string[];
  readonly source: boolean;
  readonly model: readonly [string, Record<string, unknown>];
  readonly centred: boolean;
}
interface Stack {
  readonly kind: 'stack';
  readonly members: readonly Node[];
  readonly weighted: boolean;
  readonly spectra: boolean;
  readonly before: readonly string[];
  readonly centred: boolean;
}
interface Separation {
  readonly kind: 'separation';
  readonly column: 'site' | 'season';
  readonly lanes: readonly [Node, Node];
}
type Node = Base | Stack | Separation;

const lanes = fc.constantFrom([], ['SNV'], ['MSC'], ['SNV', 'FirstDerivative']);
const { node } = fc.letrec<{ node: Node; base: Base; stack: Stack; separation: Separation }>((tie) => ({
  base: fc.record({
    kind: fc.constant('base' as const),
    lane: lanes,
    source: fc.boolean(),
    model: fc.constantFrom<[string, Record<string, unknown>]>(
      ['PLS', { n_components: 2 }],
      ['Ridge', {}],
      ['DecisionTreeRegressor', { max_depth: 3, random_state: 0 }],
    ),
    centred: fc.boolean(),
  }),
  stack: fc.record({
    kind: fc.constant('stack' as const),
    members: fc.array(tie('node'), { minLength: 1, maxLength: 3 }),
    weighted: fc.boolean(),
    spectra: fc.boolean(),
    before: lanes,
    centred: fc.boolean(),
  }),
  separation: fc.record({
    kind: fc.constant('separation' as const),
    column: fc.constantFrom('site', 'season'),
    lanes: fc.tuple(tie('node'), tie('node')),
  }),
  node: fc.oneof({ maxDepth: 3, withCrossShrink: true }, tie('base'), tie('stack'), tie('separation')),
}));

const VALUES = { site: [['north'], ['south', 'west']], season: [['wet'], ['dry']] } as const;

function built(of: Node): FittedStep[] {
  const target = (centred: boolean) => (centred ? { target: 'centred' as const } : {});
  switch (of.kind) {
    case 'base': {
      const start: FittedStep[] = of.source ? [{ role: 'source', name: 'half', from: 6, to: 20 }] : [];
      const transforms = of.source ? start.filter((step) => step.role === 'source') : lane(...of.lane);
      return path(transforms, ...of.model, target(of.centred));
    }
    case 'stack': {
      const members = of.members.map((one, k) => member(`model ${k % 2}`, built(one), String(k)));
      const weights = of.weighted ? members.map(() => 1 / members.length) : null;
      const parts: FittedPart[] = [{ kind: 'predictions', members, weights }];
      if (of.spectra) parts.unshift({ kind: 'spectra', lane: [] });
      return path([...lane(...of.before), { role: 'join', parts }], 'Ridge', { alpha: 0.1 }, target(of.centred));
    }
    case 'separation':
      return [
        {
          role: 'route',
          key: { kind: 'column', column: of.column },
          lanes: of.lanes.map((one, k) => ({
            name: `lane ${k}`,
            values: VALUES[of.column][k] ?? [],
            steps: built(one),
          })),
        },
      ];
  }
}

test(
  'predict what their parts predict, and come back from the workspace, a bundle and ONNX',
  { timeout: 120_000 },
  async () => {
    const workspace = await workspaceWithRun();
    const sizes: number[] = [];
    await fc.assert(
      fc.asyncProperty(node, async (of) => {
        const chain: FittedChain = chainOf(built(of));
        sizes.push(operatorsOf(chain.steps).length);
        const { predicted } = predictDeployed(refitted(chain), unseen, lookup, unseenFacts);
        expect(predicted).toEqual(byHand(chain.steps, unseen, unseenFacts, 'values').predicted);

        const modelInput = { mean: Float64Array.of(0), axis: Float64Array.of(0), unit: 'index' as const };
        const hashes = { chainPath: 'a', data: 'b', createdAt: fixedNow().toISOString() };
        await storeFinalModel(workspace, RUN_ID, { variant: 0, model: 'm', chain, modelInput }, hashes);
        const loaded = await loadFinalModel(workspace, RUN_ID);
        expect(loaded.chain).toEqual(chain);
        expect(predictDeployed(refitted(loaded.chain), unseen, lookup, unseenFacts).predicted).toEqual(predicted);
        expect(await checkExport('random', refitted(chain), unseen, unseenFacts)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
    expect(Math.max(...sizes)).toBeGreaterThan(8);
  },
);
