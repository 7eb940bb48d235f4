import {
  insertStep,
  moveStep,
  removeStep,
  replaceStep,
  setEnabled,
  setName,
  setParam,
  setSweep,
} from '#core/pipeline/edit.ts';
import { insertLane, moveLane, openLane, removeLane, renameLane } from '#core/pipeline/editLanes.ts';
import { setPart, setPartText } from '#core/pipeline/editPart.ts';
import { isEngineError } from '#core/base/errors.ts';
import { documents } from '#tests/fuzz/targets/pipelines.ts';
import type { FuzzTarget } from '#tests/fuzz/lib/target.ts';

const PATHS = [
  ['pipeline', 0],
  ['pipeline', 1],
  ['pipeline', 2],
  [0],
  ['steps', 0],
  ['pipeline', 1, 'branch'],
  ['pipeline', 'x'],
];

/** What the builder does to a document's text that came from elsewhere. */
export const edits: FuzzTarget = {
  name: 'edits',
  perByte: 2000,
  covers: ['core/pipeline/editText.ts', 'core/pipeline/editPart.ts'],
  open: () =>
    Promise.resolve({
      seeds: documents().map((text) => new TextEncoder().encode(text)),
      longest: 40_000,
      words: ['- ', '\n', ': ', '&a', '*a', '#', 'branch', 'merge', 'model', 'pipeline', '[', '{', '? ', '|', '>', '"', "'", '  '],
      run(input) {
        const text = new TextDecoder().decode(input);
        const path = PATHS[input.length % PATHS.length] ?? [];
        const other = PATHS[(input[0] ?? 0) % PATHS.length] ?? [];
        const all: (() => string)[] = [
          () => insertStep(text, path, { preprocessing: 'SNV' }),
          () => removeStep(text, path),
          () => moveStep(text, path, other),
          () => replaceStep(text, path, 'MSC'),
          () => setParam(text, path, 'n_components', 3),
          () => setSweep(text, path, 'n_components', { kind: 'range', from: 1, to: 5, step: 1 }),
          () => setEnabled(text, path, false),
          () => setName(text, 'other'),
          () => setPart(text, path, { model: 'PLS' }),
          () => setPartText(text, path, text.slice(0, 2_000)),
          () => insertLane(text, [...path, 'branch'], 0, 'new', ['SNV']),
          () => removeLane(text, [...path, 'branch'], 0),
          () => moveLane(text, [...path, 'branch'], 0, 1),
          () => renameLane(text, [...path, 'branch'], 0, 'b', []),
          () => openLane(text, [...path, 'branch', 0]),
        ];
        // Each is tried; a refusal of one says nothing of the next.
        return all.map((edit) => {
          try {
            return edit().length > 0;
          } catch (error) {
            if (isEngineError(error)) return error.code;
            throw error;
          }
        }).join(' ');
      },
    }),
}; // prettier-ignore
