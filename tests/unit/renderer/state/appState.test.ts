import { beforeEach, describe, expect, test } from 'vitest';
import { useAppState } from '#renderer/state/appState.ts';

const start = useAppState.getInitialState();
beforeEach(() => {
  useAppState.setState(start, true);
});
const state = () => useAppState.getState();

describe('navigation', () => {
  test('keeps what is selected and goes back and forward', () => {
    state().navigate('data', { datasetId: 'ds_000001' });
    state().navigate('runs', { runId: 'r1' });
    expect(state()).toMatchObject({ page: 'runs', datasetId: 'ds_000001', runId: 'r1' });
    state().back();
    expect(state()).toMatchObject({ page: 'data', datasetId: 'ds_000001', runId: null });
    state().forward();
    expect(state().page).toBe('runs');
    state().back();
    state().navigate('settings');
    expect(state().history.future).toEqual([]);
  });

  test('another run forgets the variant of the last one', () => {
    state().navigate('results', { runId: 'a', variant: 3 });
    state().navigate('predict');
    expect(state().variant).toBe(3);
    state().navigate('results', { runId: 'b' });
    expect(state().variant).toBeNull();
  });

  test('going where one is leaves no trace', () => {
    state().navigate('home');
    expect(state().history.past).toEqual([]);
  });
});

test('cancel is asked once and shown at once', () => {
  let asked = 0;
  state().startJob({
    jobId: 'job_1',
    title: 'Import',
    cancel: () => {
      asked += 1;
    },
  });
  state().cancelJob('job_1');
  state().cancelJob('job_1');
  expect(asked).toBe(1);
  expect(state().activeJobs['job_1']?.cancelling).toBe(true);
  state().endJob('job_1');
  expect(state().activeJobs).toEqual({});
});

test('progress of a job that has ended changes nothing', () => {
  state().updateJob('job_9', { fraction: 0.5 });
  expect(state().activeJobs).toEqual({});
});

test('toasts have numbers of their own and do not pile up', () => {
  for (let k = 0; k < 7; k++) state().notify({ severity: 'info', text: String(k) });
  expect(state().toasts.map(({ text }) => text)).toEqual(['3', '4', '5', '6']);
  expect(new Set(state().toasts.map(({ id }) => id)).size).toBe(4);
});
