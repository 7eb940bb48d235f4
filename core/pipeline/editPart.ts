import { isMap, isSeq, YAMLMap, type Node } from 'yaml';
import { boundedYaml } from '#core/base/boundedYaml.ts';
import { EngineError } from '#core/base/errors.ts';
import { editText, type OpenText } from '#core/pipeline/editText.ts';
import { DISABLED, isStepKeyword, type StepKeyword } from '#core/pipeline/keywords.ts';
import type { DocPath } from '#core/pipeline/located.ts';
import { flowNode, mergedNode } from '#core/pipeline/mergedNode.ts';
import { documentLimits, parseOptions } from '#core/pipeline/readText.ts';

/**
 * Makes the part of a document at `path` say `value`; undefined takes it out. Whatever in it stays the same keeps its
 * comments and its spelling. Throws `pipeline.edit` when there is nothing at the path to put it into.
 */
export const setPart = (text: string, path: DocPath, value: unknown): string =>
  editText(text, 'Changing a setting', (open) => putPart(open, path, value));

/** Sets a key beside a step's keyword (`refit_params`, `group`, `fit_on_all`); undefined removes it. */
export const setStepKey = (text: string, path: DocPath, key: string, value: unknown): string =>
  editText(text, `Setting ${key}`, (open) => {
    const { document } = open;
    const at = isOff(open, path) ? [...path, DISABLED] : path;
    const node = document.getIn(at, true);
    if (isMap(node) && node.items.some((pair) => isStepKeyword(String(pair.key)))) putPart(open, [...at, key], value);
    else if (value !== undefined) {
      // A bare operator gets the keyword that the setting belongs to.
      const step = new YAMLMap(document.schema);
      step.set(document.createNode(keywordOf[key] ?? 'model'), node);
      step.set(document.createNode(key), flowNode(document, value));
      putNode(open, at, step);
    }
  });

/** Puts a step (or any other part) that a person typed in the place of one, with its comments and its layout. */
export function setPartText(text: string, path: DocPath, typed: string): string {
  const part = boundedYaml(typed, parseOptions, documentLimits);
  const mistake = part.refused ?? part.document?.errors[0]?.message;
  const node: unknown = part.document?.contents ?? null;
  if (mistake !== undefined || node === null || typeof node !== 'object')
    throw new EngineError('pipeline.edit', {
      what: 'Changing the text of a step',
      reason:
        mistake !== undefined ? `it has a mistake (${mistake}).` : 'nothing is left of it. Remove the step instead.',
    });
  return editText(text, 'Changing the text of a step', (open) => putNode(open, path, node as Node)); // contents are a node
}

const keywordOf: Readonly<Record<string, StepKeyword>> = {
  fit_on_all: 'preprocessing',
  group: 'split',
  mode: 'exclude',
  count: 'sample_augmentation',
  selection: 'sample_augmentation',
  random_state: 'sample_augmentation',
  balance: 'sample_augmentation',
  target_size: 'sample_augmentation',
  max_factor: 'sample_augmentation',
};

const isOff = ({ document }: OpenText, path: DocPath): boolean => {
  const node = document.getIn(path, true);
  return isMap(node) && node.has(DISABLED);
};

function putPart(open: OpenText, path: DocPath, value: unknown): void {
  const { document } = open;
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (value === undefined && isMap(parent) && key !== undefined) parent.delete(key);
  else if (value === undefined && isSeq(parent) && typeof key === 'number') parent.items.splice(key, 1);
  else putNode(open, path, mergedNode(document, document.getIn(path, true), value));
}

function putNode(open: OpenText, path: DocPath, node: Node): void {
  const parent = open.document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  if (isSeq(parent) && typeof key === 'number' && key < parent.items.length) open.replaceItem(parent, key, node);
  else if (isMap(parent) && key !== undefined) {
    const pair = parent.items.find((one) => String(one.key) === String(key));
    if (pair) pair.value = node;
    else parent.set(open.document.createNode(key), node);
  } else
    throw new EngineError('pipeline.edit', {
      what: 'Changing a setting',
      reason: `there is nothing at ${path.join('.')}. It may be a repetition of another part (YAML alias).`,
    });
}
