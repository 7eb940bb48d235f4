import { expect, test } from 'vitest';
import { refitSteps, shortStep } from '#renderer/views/runs/refitSteps.ts';
import { runReducer } from '#renderer/views/runs/runReducer.ts';
import { EMPTY_RUN } from '#renderer/views/runs/runView.ts';
import type { RefitView } from '#renderer/views/runs/runView.ts';
import { checked, events, started } from '#tests/unit/renderer/views/runs/runEvents.ts';

type Body = Parameters<typeof events>[number];
const begin: Body = { type: 'refit.started', label: 'Ridge', nTrain: 6, index: 1, of: 1 };
const step = (name: string, index: number, of = 4): Body => ({ type: 'refit.step', step: name, index, of });
const bases = [step('base model PLS (branch A)', 1), step('base model PLS (branch B)', 2)];
function refitAfter(...bodies: Body[]): RefitView {
  const { refit } = runReducer(EMPTY_RUN, events(started, checked, begin, ...bodies));
  if (!refit) throw new Error('The refit has begun.');
  return refit;
}
const told = (refit: RefitView): string[] => refitSteps(refit).map(({ text, state }) => `${text}: ${state}`);

test('base models that have begun run side by side, what comes after them waits', () => {
  const refit = refitAfter(...bases);
  expect(told(refit)).toEqual([
    'base model 1 of 2: PLS (branch A): running',
    'base model 2 of 2: PLS (branch B): running',
    'final model: waiting',
    'evaluation: waiting',
  ]);
  expect(shortStep(refit)).toBe('base 2 of 2');
});

test('with the meta-model the base models are done', () => {
  const refit = refitAfter(...bases, step('meta-model', 3));
  expect(refitSteps(refit).map(({ state }) => state)).toEqual(['done', 'done', 'running', 'waiting']);
  expect(shortStep(refit)).toBe('meta-model');
});

test('the failure stands at the base model that its message names', () => {
  const message = 'The base model PLS (branch A) failed: out of samples.';
  const steps = refitSteps(refitAfter(...bases, { type: 'refit.failed', message }));
  expect(steps.map(({ state }) => state)).toEqual(['failed', 'waiting', 'waiting', 'waiting']);
});

test('a failure that names no base model stands at the last step that began', () => {
  const steps = refitSteps(
    refitAfter(...bases, step('meta-model', 3), { type: 'refit.failed', message: 'Singular matrix.' }),
  );
  expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'waiting']);
});

test('a refit of one model has its plain steps', () => {
  expect(told(refitAfter(step('preprocessing', 1, 3)))).toEqual([
    'preprocessing: running',
    'step 2 of 3: waiting',
    'step 3 of 3: waiting',
  ]);
});

test('a second refit begins with no steps', () => {
  expect(refitAfter(...bases, { ...begin, index: 2 } as Body).steps).toEqual([]);
});
