import { insertStep, moveStep } from '#core/pipeline/edit.ts';
import {
  callName,
  isTopLevel,
  operatorOf,
  tagsBefore,
  topStep,
  type Finding,
  type Lane,
  type Rule,
} from '#core/pipeline/finding.ts';
import { endModels, joinsOf } from '#core/pipeline/joins.ts';
import { inWords, laneNames } from '#core/pipeline/laneNames.ts';
import { lanePaths } from '#core/pipeline/lanePaths.ts';
import { didYouMean } from '#core/pipeline/readWord.ts';
import type { BranchStep, StepNode } from '#core/pipeline/stepNode.ts';

/** What can be wrong with the branches of a variant: their lanes, and by what they separate. They see the whole. */
export const branchRules: readonly Rule[] = [
  sameNames,
  groupsWithoutLane,
  unknownTag,
  judgedByTarget,
  splitterInLane,
  withoutModel,
  sourcesApart,
];

const branchesOf = (steps: readonly StepNode[]): BranchStep[] => joinsOf(steps).flatMap(({ branch }) => branch ?? []);

function sameNames(lane: Lane): Finding[] {
  return branchesOf(lane.steps).flatMap((branch): Finding[] => {
    const names = laneNames(branch).map((name) => name.toLowerCase());
    const at = names.findIndex((name, index) => names.indexOf(name) < index);
    if (at < 0) return [];
    const [first, second] = [laneNames(branch)[names.indexOf(names[at] ?? '')] ?? '', laneNames(branch)[at] ?? ''];
    const message =
      first === second
        ? `Two lanes of this branch are called ${second}. Give each a name of its own.`
        : `The lanes ${first} and ${second} differ in capitals only. Give each a name of its own.`;
    return [{ severity: 'error', code: 'check.lane-names', path: branch.path, message }];
  });
}

/** The groups that are known before the data are; null where only the data tell. */
function groupNames(branch: BranchStep): readonly string[] | null {
  if (branch.groups !== null) return branch.groups.map(({ name }) => name);
  if (branch.by === 'tag') return ['false', 'true'];
  return branch.by === 'filter' ? ['pass', 'fail'] : null;
}

/** Lanes that are named stand for groups: each group has one, and each one is a group. */
function groupsWithoutLane(lane: Lane): Finding[] {
  return branchesOf(lane.steps).flatMap((branch): Finding[] => {
    const groups = groupNames(branch);
    const lanes = branch.lanes.flatMap(({ name }) => name ?? []);
    if (groups === null || lanes.length === 0) return [];
    const known = (name: string, among: readonly string[]): boolean =>
      among.some((each) => each.toLowerCase() === name.toLowerCase());
    const strange = lanes.find((name) => !known(name, groups));
    if (strange !== undefined) {
      const message = `There is no group "${strange}" here.${didYouMean(strange, groups)} The groups are ${inWords(groups)}.`;
      return [{ severity: 'error', code: 'check.lane-group', path: branch.path, message }];
    }
    const missing = groups.filter((name) => !known(name, lanes));
    const [first] = missing;
    if (first === undefined) return [];
    return [
      {
        severity: 'error',
        code: 'check.lane-group',
        path: branch.path,
        message: `The group ${inWords(missing)} has no lane, so its samples would get no prediction. Add "${first}: […]", or give all groups the same steps.`,
      },
    ];
  });
}

/** On every way through the lanes, since a tag may be given in one. */
function unknownTag(lane: Lane): Finding[] {
  return lanePaths(lane.steps).flatMap((way): Finding[] =>
    way.steps.flatMap((step): Finding[] => {
      if (step.kind !== 'branch' || step.by !== 'tag' || step.column === null) return [];
      const tags = tagsBefore({ ...lane, ...way }, step);
      if (tags.includes(step.column) || lane.facts?.metadata?.includes(step.column) === true) return [];
      const known = tags.length === 0 ? 'Add a tag step before it.' : `There is ${inWords(tags)}.`;
      return [
        {
          severity: 'error',
          code: 'check.no-tag',
          path: [...step.path, 'branch', 'by_tag'],
          message: `No step before this branch gives the tag "${step.column}".${didYouMean(step.column, tags)} ${known}`,
        },
      ];
    }),
  );
}

function judgedByTarget(lane: Lane): Finding[] {
  return branchesOf(lane.steps).flatMap((branch): Finding[] => {
    if (branch.filter === null || operatorOf(lane, branch.filter)?.needsTarget !== true) return [];
    return [
      {
        severity: 'warning',
        code: 'check.filter-by-target',
        path: branch.filter.path,
        message: `${callName(branch.filter)} judges by the target, which new spectra do not have: nothing tells which lane they belong to. Separate by the spectra, for example with XOutlierFilter.`,
      },
    ];
  });
}

function splitterInLane(lane: Lane): Finding[] {
  return lanePaths(lane.steps).flatMap((way): Finding[] =>
    way.steps.flatMap((step): Finding[] => {
      if (step.kind !== 'splitter' || !way.inside.has(step)) return [];
      const name = step.call ? callName(step.call) : 'The splitter';
      const to = topStep(lane, step.path);
      const listed = typeof step.path.at(-1) === 'number';
      const fix = { label: 'Move it before the branch', apply: (text: string) => moveStep(text, step.path, to) };
      return [
        {
          severity: 'error',
          code: 'check.splitter-in-lane',
          path: step.path,
          message: `${name} stands inside a lane, and all lanes have the same folds. Move it before the branch.`,
          ...(listed ? { fix } : {}),
        },
      ];
    }),
  );
}

/** Every way through the lanes ends in a model; one that does not is named. */
function withoutModel(lane: Lane): Finding[] {
  if (!lane.steps.some(({ kind }) => kind === 'branch')) return [];
  const ways = lanePaths(lane.steps);
  const without = ways.filter((way) => !way.steps.some(({ kind }) => kind === 'model'));
  if (without.length === 0) return [];
  if (without.length === ways.length) {
    const fix = {
      label: 'Add PLS',
      apply: (text: string) =>
        insertStep(text, [...lane.stepsPath, Number.MAX_SAFE_INTEGER], {
          PLS: { n_components: { _range_: [1, 15] } },
        }),
    };
    return [
      {
        severity: 'error',
        code: 'check.no-model',
        path: lane.stepsPath,
        message: 'There is no model, so there is nothing to calibrate. Add one at the end, for example PLS.',
        ...(lane.catalog.find('PLS') ? { fix } : {}),
      },
    ];
  }
  return without.flatMap((way): Finding[] =>
    way.lane === null
      ? []
      : [
          {
            severity: 'error',
            code: 'check.lane-no-model',
            path: way.lane.branch.lanes[way.lane.index]?.steps[0]?.path ?? way.lane.branch.path,
            message: `Lane ${way.lane.name} has no model, and other lanes have one. Give it one, or add a merge and a model behind the branch.`,
          },
        ],
  );
}

/** Sources with a model each, and nothing that makes one prediction of theirs. */
function sourcesApart(lane: Lane): Finding[] {
  return joinsOf(lane.steps).flatMap(({ branch, merge, tail }): Finding[] => {
    if (branch?.by !== 'source' || merge !== null) return [];
    if (!branch.lanes.some((each) => endModels(each.steps).length > 0)) return [];
    const at = [...topStep(lane, branch.path).slice(0, -1), Number(topStep(lane, branch.path).at(-1)) + 1];
    const fix = {
      label: 'Merge the sources',
      apply: (text: string) => insertStep(text, at, { merge: { sources: 'concat' } }),
    };
    return [
      {
        severity: 'error',
        code: 'check.sources-apart',
        path: branch.path,
        message: `Each source has a model, and nothing makes one prediction of theirs. Add merge: {sources: concat} and a model behind it.`,
        ...(isTopLevel(lane, branch.path) && tail.some(({ kind }) => kind === 'model') ? { fix } : {}),
      },
    ];
  });
}
