import { beforeEach, expect, test } from 'vitest';
import type { GrantedFile } from '#core/contract/shell.ts';
import { useAppState } from '#renderer/state/appState.ts';
import { routeFiles } from '#renderer/state/openData.ts';

const start = useAppState.getInitialState();
beforeEach(() => {
  useAppState.setState(start, true);
});
const file = (name: string, folder = false): GrantedFile => ({
  file: 'grant_0000000000000000' as GrantedFile['file'],
  name,
  folder,
});

test('spectra wait for the import dialog, on whatever page', () => {
  routeFiles([file('X.csv'), file('Y.csv')]);
  expect(useAppState.getState().pendingImport.map(({ name }) => name)).toEqual(['X.csv', 'Y.csv']);
  expect(useAppState.getState().page).toBe('home');
});

test('a model goes to Predict, with the spectra dropped beside it', () => {
  routeFiles([file('fat.refract'), file('new.csv')]);
  const { page, pendingPredict, pendingImport } = useAppState.getState();
  expect(page).toBe('predict');
  expect(pendingPredict.model?.name).toBe('fat.refract');
  expect(pendingPredict.spectra.map(({ name }) => name)).toEqual(['new.csv']);
  expect(pendingImport).toEqual([]);
});

test('on Predict, spectra are predicted and not imported', () => {
  useAppState.getState().navigate('predict');
  routeFiles([file('folder.onnx', true)]);
  expect(useAppState.getState().pendingPredict.spectra.map(({ name }) => name)).toEqual(['folder.onnx']);
  expect(useAppState.getState().pendingPredict.model).toBeNull();
});
