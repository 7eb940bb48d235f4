import { insertStep, moveStep, removeStep } from '#core/pipeline/edit.ts';
import { insertLane, moveLane, removeLane, renameLane } from '#core/pipeline/editLanes.ts';
import { setPart } from '#core/pipeline/editPart.ts';
import { setSeparation } from '#core/pipeline/editSeparation.ts';
import type { Separation } from '#core/pipeline/editSeparation.ts';
import { changeLaneReferences } from '#core/pipeline/laneReferences.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import type { LaneRef } from '#core/pipeline/stepNode.ts';
import { addAt, moveTo, opened, placeBefore } from '#renderer/builder/edits.ts';
import type { Edited } from '#renderer/builder/edits.ts';
import { freeName } from '#renderer/builder/freeName.ts';
import { mergeOf } from '#renderer/builder/joins.ts';
import { letterOf } from '#renderer/builder/letterOf.ts';
import { changeMerge, isPredictionMerge, newMerge } from '#renderer/builder/mergeForm.ts';
import type { JoinKind, MergeForm } from '#renderer/builder/mergeForm.ts';
import { newStep } from '#renderer/builder/newStep.ts';
import type { PaletteEntry } from '#renderer/builder/paletteEntries.ts';
import { plainAt } from '#renderer/builder/readDocument.ts';
import { isWithin, laneName, lanesOf, samePath } from '#renderer/builder/stepView.ts';
import type { BranchView, StepsView, StepView } from '#renderer/builder/stepView.ts';

/** Adds what a palette entry stands for; several steps stand behind one another. */
export function addEntry(
  text: string,
  list: StepsView,
  index: number,
  entry: PaletteEntry,
  read: (text: string) => StepsView,
): Edited {
  const first = addAt(text, list, index, newStep(entry));
  const [, ...more] = entry.steps ?? [];
  const now = more.reduce<string>(
    (before, step, k) => addAt(before, read(before), index + 1 + k, step).text,
    first.text,
  );
  return { text: now, selected: first.selected };
}

/** A branch and the list in which it stands. */
export interface BranchAt {
  readonly list: StepsView;
  readonly index: number;
}

/** A gap between cards: before card `gap` of a list. */
export interface Gap {
  readonly list: StepsView;
  readonly gap: number;
}

/** Takes a card out of its list and puts it into a gap of the same or another one. */
export function moveStepTo(text: string, from: StepsView, index: number, to: Gap): Edited {
  const step = from.steps[index];
  if (!step) return { text, selected: null };
  if (samePath(from.stepsPath, to.list.stepsPath)) return moveTo(text, from, index, to.gap);
  if (isWithin(to.list.stepsPath, step.path)) return { text, selected: step.path };
  const source = opened(text, from);
  const target = opened(source.text, to.list);
  const path = source.steps[index]?.path ?? step.path;
  const place = without(placeBefore(target, to.gap), path);
  return { text: moveStep(target.text, path, place), selected: place };
}

/** A place of the document, counted without the step at `gone`. */
function without(place: DocPath, gone: DocPath): DocPath {
  const [parent, at, later] = [gone.slice(0, -1), gone.at(-1), place[gone.length - 1]];
  if (!isWithin(place, parent) || typeof at !== 'number' || typeof later !== 'number' || later <= at) return place;
  return place.map((part, k) => (k === gone.length - 1 ? later - 1 : part));
}

const branchIn = ({ list, index }: BranchAt): BranchView | null => {
  const body = list.steps[index]?.body;
  return body?.kind === 'branch' ? body.branch : null;
};

/** Adds an empty lane behind the others, or a copy of one behind it. */
export function addLane(text: string, at: BranchAt, copyOf: number | null = null): Edited {
  const branch = branchIn(at);
  if (!branch) return { text, selected: null };
  const to = copyOf === null ? branch.lanes.length : copyOf + 1;
  const source = copyOf === null ? undefined : branch.lanes[copyOf];
  const written = source ? plainAt(text, source.stepsPath) : [];
  const steps = Array.isArray(written) ? (written as unknown[]) : written === null ? [] : [written];
  const isNamed = branch.lanes.some(({ name }) => name !== null);
  const name = freeName(source ? laneName(source) : letterOf(to), branch.lanes.map(laneName));
  const added = insertLane(text, branch.lanesPath, to, name, steps);
  const moved = followed(added, at, (k) => (k >= to ? k + 1 : k));
  return { text: moved, selected: [...branch.lanesPath, isNamed ? name : to] };
}

/** Removes a lane; with the last one the branch goes. */
export function removeLaneAt(text: string, at: BranchAt, lane: number): Edited {
  const branch = branchIn(at);
  const step = at.list.steps[at.index];
  if (!branch || !step) return { text, selected: null };
  if (branch.lanes.length < 2) return { text: removeStep(text, step.path), selected: null };
  const gone = branch.lanes[lane];
  const next = branch.lanes[lane + 1] ?? branch.lanes[lane - 1];
  const removed = removeLane(text, branch.lanesPath, lane);
  const kept = followed(
    removed,
    at,
    (k) => (k === lane ? null : k > lane ? k - 1 : k),
    (name) => (name === gone?.name ? null : name),
  );
  const key = next?.name ?? Math.min(lane, branch.lanes.length - 2);
  return { text: kept, selected: [...branch.lanesPath, key] };
}

/** Makes a lane the one at `to`, counted without it. */
export function moveLaneTo(text: string, at: BranchAt, lane: number, to: number): Edited {
  const branch = branchIn(at);
  const moving = branch?.lanes[lane];
  if (!branch || !moving || to === lane || to < 0 || to >= branch.lanes.length)
    return { text, selected: moving?.stepsPath ?? null };
  const order = branch.lanes.map((_, k) => k);
  order.splice(to, 0, ...order.splice(lane, 1));
  // Where each lane has gone: the place of its old number in the new order.
  const moved = followed(moveLane(text, branch.lanesPath, lane, to), at, (k) => order.indexOf(k));
  return { text: moved, selected: [...branch.lanesPath, moving.name ?? to] };
}

/** Names a lane. Where lanes had no names, the others are called by their letters then. */
export function nameLane(text: string, at: BranchAt, lane: number, name: string): Edited {
  const branch = branchIn(at);
  const old = branch?.lanes[lane];
  if (!branch || !old || laneName(old) === name) return { text, selected: old?.stepsPath ?? null };
  const named = renameLane(text, branch.lanesPath, lane, name, branch.lanes.map(laneName));
  const kept = followed(
    named,
    at,
    (k) => k,
    (one) => (one === old.name ? name : one),
  );
  return { text: kept, selected: [...branch.lanesPath, name] };
}

/** Changes which samples the lanes get. */
export function separate(text: string, at: BranchAt, next: Separation): Edited {
  const branch = branchIn(at);
  const step = at.list.steps[at.index];
  if (!branch || !step) return { text, selected: null };
  const { valuePath, lanesPath, shared, lanes } = branch;
  const names = lanes.length > 0 ? lanes.map(laneName) : [letterOf(0)];
  return { text: setSeparation(text, { valuePath, lanesPath, shared, names }, next), selected: step.path };
}

/** The merge behind a branch follows when lanes get other places or names. */
function followed(
  text: string,
  at: BranchAt,
  place: (index: number) => number | null,
  rename: (name: string) => string | null = (name) => name,
): string {
  const merge = mergeOf(at.list.steps, at.index);
  const body = merge === null ? undefined : at.list.steps[merge]?.body;
  if (body?.kind !== 'merge') return text;
  const change = (lane: LaneRef): LaneRef | null => (typeof lane === 'string' ? rename(lane) : place(lane));
  return changeLaneReferences(text, body.path, change);
}

/** Changes one thing of a merge. */
export const setMerge = (text: string, step: StepView, change: Partial<MergeForm>): Edited => ({
  text: step.body.kind === 'merge' ? setPart(text, step.body.path, changeMerge(plainAt(text, step.body.path), change)) : text, // prettier-ignore
  selected: step.path,
});

/** The meta-model that a new stack begins with: linear, and hard to overfit on few predictions. */
const META_MODEL = 'Ridge';

/**
 * Changes what happens behind the lanes. A merge of predictions stands behind the models that make them and gets a
 * meta-model if there is none; the one it got goes with it, unless somebody has changed it.
 */
export function setJoin(text: string, at: BranchAt, kind: JoinKind, read: (text: string) => StepsView | null): Edited {
  const branch = at.list.steps[at.index];
  if (!branch) return { text, selected: null };
  const now = mergeOf(at.list.steps, at.index);
  const merge = now === null ? undefined : at.list.steps[now];
  let next = text;
  if (kind === 'compare' || (merge && readsOther(merge, kind))) next = withoutPlainMeta(next, at.list, now);
  if (kind === 'compare') return { text: merge ? removeStep(next, merge.path) : next, selected: branch.path };
  let list = next === text ? at.list : (read(next) ?? at.list);
  const place = mergePlace(list.steps, at.index, kind);
  if (merge && now !== null && merge.body.kind === 'merge') {
    next = setPart(next, merge.body.path, changeMerge(plainAt(next, merge.body.path), { kind }));
    list = read(next) ?? list;
    const wanted = place > now ? place : Math.min(place, now);
    if (wanted !== now) next = moveTo(next, list, now, wanted).text;
  } else if (merge && now !== null) {
    next = setPart(next, merge.path, { merge: newMerge(kind) });
  } else next = insertStep(next, placeBefore(list, place), { merge: newMerge(kind) });
  if (isPredictionMerge(kind)) next = withMeta(next, read(next), at.index);
  const done = read(next);
  const made = done ? mergeOf(done.steps, at.index) : null;
  return { text: next, selected: (made === null ? undefined : done?.steps[made]?.path) ?? branch.path };
}

/** True where a merge of predictions becomes one of something else. */
const readsOther = (merge: StepView, kind: JoinKind): boolean =>
  merge.body.kind === 'merge' && isPredictionMerge(merge.body.merge.kind) && (kind === 'features' || kind === 'sources'); // prettier-ignore

function withoutPlainMeta(text: string, list: StepsView, merge: number | null): string {
  const join = merge === null ? undefined : list.steps[merge];
  const meta = merge === null ? undefined : list.steps[merge + 1];
  if (join?.body.kind !== 'merge' || !isPredictionMerge(join.body.merge.kind) || !meta) return text;
  const others = list.steps.some(({ role }, k) => k !== (merge ?? 0) + 1 && role === 'model');
  const modelled = others || list.steps.some((step) => lanesOf(step).some(holdsModel));
  if (!modelled || plainAt(text, meta.path) !== META_MODEL) return text;
  const without = removeStep(text, meta.path);
  const comments = (one: string): number => one.split('#').length;
  // Whoever has written a comment beside it has made it their own.
  return comments(without) === comments(text) ? without : text;
}

const holdsModel = ({ steps }: StepsView): boolean =>
  steps.some((step) => step.role === 'model' || lanesOf(step).some(holdsModel));

/** Behind the branch, or behind the model that every lane goes through when none has one of its own. */
function mergePlace(steps: readonly StepView[], branchAt: number, kind: JoinKind): number {
  const branch = steps[branchAt];
  const merge = mergeOf(steps, branchAt);
  if (kind === 'features' || kind === 'sources' || !branch || lanesOf(branch).some(holdsModel))
    return merge !== null && kind !== 'features' && kind !== 'sources' ? merge : branchAt + 1;
  for (let k = branchAt + 1; k < steps.length && steps[k]?.role !== 'branch'; k++)
    if (steps[k]?.role === 'model' && !isMetaOf(steps, merge, k)) return k + 1;
  return merge ?? branchAt + 1;
}

/** The only model behind a merge may be the one whose predictions the lanes shall give. */
const isMetaOf = (steps: readonly StepView[], merge: number | null, at: number): boolean =>
  merge !== null && at > merge && steps.slice(0, merge).some(({ role }) => role === 'model');

function withMeta(text: string, list: StepsView | null, branchAt: number): string {
  const merge = list ? mergeOf(list.steps, branchAt) : null;
  if (!list || merge === null) return text;
  const end = list.steps.findIndex(({ role }, k) => k > merge && (role === 'branch' || role === 'merge'));
  const behind = list.steps.slice(merge + 1, end < 0 ? undefined : end);
  return behind.some(({ role }) => role === 'model') ? text : addAt(text, list, merge + 1, META_MODEL).text;
}
