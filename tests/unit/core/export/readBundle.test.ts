import { readFileSync } from 'node:fs';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import { catalog } from '#core/catalog/operators.ts';
import { predictChain } from '#core/data/predictChain.ts';
import { leadChain, refitted, type DeployedModel } from '#core/data/deployedModel.ts';
import { chooseExamples } from '#core/export/chooseExamples.ts';
import { modelToOnnx } from '#core/export/modelToOnnx.ts';
import { onnxRuntimeNode } from '#core/export/onnxRuntimeNode.ts';
import { predictWithBundle } from '#core/export/predictWithBundle.ts';
import { readProtobuf } from '#core/export/protobufReader.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { writeZip } from '#core/export/zipWriter.ts';
import { takeRows } from '#core/numerics/matrix.ts';
import { tecator } from '#tests/unit/core/export/support/tecator.ts';
import { parts, reading } from '#tests/unit/core/export/support/testBundle.ts';
import {
  chain,
  classChain,
  lookup,
  model,
  sha256,
  spectra,
  viewsChain,
} from '#tests/unit/core/export/support/testChain.ts';

const bytes = writeBundle(parts, sha256);
// Written by the first release of the writer from Tecator spectra; the predictions beside it are its own.
const folder = 'tests/unit/core/export/support';
const old = new Uint8Array(readFileSync(`${folder}/format-1.refract`));
const oldReading = { file: 'format-1.refract', sha256, lookup: (id: string) => catalog.byId(id) };
const refusal = (code: string, details: object = {}) =>
  expect.objectContaining({ code, details: expect.objectContaining(details) as object }) as Error;

/** The bundle with members changed; `sign` brings size and checksum in the manifest up to date, as an attacker would. */
function tampered(change: (members: Record<string, string | Uint8Array | undefined>) => void, sign = true): Uint8Array {
  const members: Record<string, string | Uint8Array | undefined> = unzipSync(bytes);
  for (const [path, content] of Object.entries(members))
    if (content instanceof Uint8Array && /json|yaml$/.test(path)) members[path] = Buffer.from(content).toString();
  change(members);
  const packed = Object.fromEntries(
    Object.entries(members).flatMap(([path, content]) =>
      content === undefined ? [] : [[path, typeof content === 'string' ? Buffer.from(content) : content]],
    ),
  );
  if (sign && packed['manifest.json']) {
    const manifest = JSON.parse(Buffer.from(packed['manifest.json']).toString()) as { members: unknown[] };
    manifest.members = Object.entries(packed)
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, content]) => ({ path, bytes: content.length, sha256: sha256(content) }));
    packed['manifest.json'] = Buffer.from(JSON.stringify(manifest));
  }
  return writeZip(new Map(Object.entries(packed)));
}
const replaced = (path: string, from: string | RegExp, to: string, sign = true): Uint8Array =>
  tampered((members) => {
    const before = String(members[path]);
    members[path] = before.replace(from, to);
    expect(members[path]).not.toBe(before);
  }, sign);

test('what was written is read back, and predicts the same bits', () => {
  const bundle = readBundle(bytes, reading);
  expect(bundle.model).toEqual(model);
  expect(bundle.onnx).toEqual(parts.onnx);
  expect(bundle.domain).toEqual(parts.domain);
  expect(bundle.examples).toEqual(parts.examples);
  expect(bundle.manifest).toMatchObject({
    formatVersion: 2,
    appVersion: '0.1.0',
    content: 'refit',
    lineage: parts.lineage,
  });
  expect(bundle.metadata).toMatchObject({
    model: { id: 'TestLine' },
    preprocessing: [{ id: 'TestCentre', params: { factor: 2 } }],
    targetProcessing: [{ id: 'TestCentre', params: { factor: 10 } }],
    axis: { unit: 'nm', points: 3, first: 1000, last: 1004.1 },
    scores: parts.scores,
  });
  expect(predictChain(leadChain(bundle.model), spectra, lookup)).toEqual(predictChain(chain, spectra, lookup));
});

test('a bundle without an ONNX graph is complete too', () => {
  expect(readBundle(writeBundle({ ...parts, onnx: null }, sha256), reading).onnx).toBeNull();
});

describe('a damaged bundle', () => {
  test('a changed member is found by its checksum before it is parsed', () => {
    expect(() => readBundle(replaced('chain.json', '"nm"', '"cm-1"', false), reading)).toThrow(
      refusal('bundle.checksum', { member: 'chain.json' }),
    );
    expect(() => readBundle(replaced('chain.json', '"nm"', '}{{', false), reading)).toThrow(refusal('bundle.checksum'));
  });

  test('every single byte that is changed is noticed, whichever bits', () => {
    const unnoticed: string[] = [];
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [1 << (at % 8), 0x80 >> (at % 8), 0xff]) {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        try {
          readBundle(changed, reading);
          unnoticed.push(`${at} ^ ${flip}`);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
        }
      }
    }
    expect(unnoticed).toEqual([]);
  });

  test('cut off anywhere, or with anything behind it', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(() => readBundle(bytes.slice(0, length), reading)).toThrow(refusal('bundle.invalid'));
    for (const more of [new Uint8Array(1), new Uint8Array(22), bytes])
      expect(() => readBundle(Uint8Array.from([...bytes, ...more]), reading)).toThrow(refusal('bundle.invalid'));
  });

  test('packed again by another program: the same members, and not the file that was written', () => {
    const members = unzipSync(bytes);
    for (const level of [0, 6] as const)
      expect(() => readBundle(zipSync(members, { level }), reading)).toThrow(refusal('bundle.invalid'));
  });
});

const TOO_DEEP = 'its steps are nested too deeply.';
const IN_A_VIEW = { problem: 'a view holds a target; only transforms can stand there.' };
const withText = (text: string): Uint8Array => replaced('chain.json', /"chains": [^]*$/, `"chains": [[${text}]]}`);
const withChain = (change: (steps: unknown[]) => unknown[]): Uint8Array =>
  tampered((members) => {
    const document = JSON.parse(String(members['chain.json'])) as { chains: unknown[][] };
    members['chain.json'] = JSON.stringify({ ...document, chains: document.chains.map(change) });
  });
const JOIN =
  '{"role":"join","parts":[{"kind":"predictions","weights":null,"members":[{"name":"a","branchPath":[],"steps":[';
const nestedText = (depth: number): string => JOIN.repeat(depth) + ']}]}]}'.repeat(depth);
const nested = (steps: unknown[], depth: number): unknown[] =>
  depth === 0
    ? steps
    : [
        {
          role: 'join',
          parts: [
            {
              kind: 'predictions',
              members: [{ name: 'a', branchPath: [], steps: nested(steps, depth - 1) }],
              weights: null,
            },
          ],
        },
        ...steps.slice(-1),
      ];
const spectraJoin = (steps: unknown[]) => ({ role: 'join', parts: [{ kind: 'spectra', lane: steps }] });

describe('a hostile or foreign bundle, correctly signed', () => {
  test.each([
    [
      'a newer format',
      replaced('manifest.json', '"formatVersion": 2', '"formatVersion": 4'),
      'bundle.newer',
      { found: 4 },
    ],
    [
      'an unknown operator',
      replaced('chain.json', '"TestLine"', '"Oracle"'),
      'bundle.unknown-operator',
      { operator: 'Oracle' },
    ],
    ['another format', replaced('manifest.json', 'refract-bundle', 'other'), 'bundle.invalid', {}],
    ['parameters out of range', replaced('chain.json', '"factor": 2', '"factor": -2'), 'bundle.invalid', {}],
    ['unknown parameters', replaced('chain.json', '"factor": 2', '"run": 2'), 'bundle.invalid', {}],
    ['a state outside the bundle', replaced('chain.json', 'state/0.safetensors', '/etc/passwd'), 'bundle.invalid', {}],
    ['an unlisted entry in the chain', replaced('chain.json', '"signal"', '"code": 1, "signal"'), 'bundle.invalid', {}],
    ['a missing chain', tampered((m) => (m['chain.json'] = undefined)), 'bundle.invalid', {}],
    ['no manifest', tampered((m) => (m['manifest.json'] = undefined), false), 'bundle.invalid', {}],
    ['an unlisted member', tampered((m) => (m['extra.txt'] = 'x'), false), 'bundle.invalid', {}],
    ['a listed member that is missing', tampered((m) => (m['domain.json'] = undefined), false), 'bundle.invalid', {}],
    [
      'examples of another length',
      replaced('example.json', /"expected": \[[^\]]*\]/, '"expected": [1]'),
      'bundle.invalid',
      {},
    ],
    ['a domain of another length', replaced('domain.json', /"low": \[[^\]]*\]/, '"low": [1]'), 'bundle.invalid', {}],
    ['a YAML bomb', tampered((m) => (m['metadata.yaml'] = yamlBomb)), 'bundle.invalid', {}],
    [
      'endless nesting',
      replaced('chain.json', '"factor": 2', `"factor": ${'['.repeat(1e5)}${']'.repeat(1e5)}`),
      'bundle.invalid',
      {},
    ],
    ['merges without end', withChain((steps) => nested(steps, 120)), 'bundle.invalid', { problem: TOO_DEEP }],
    ['merges that end the stack', withText(nestedText(20_000)), 'bundle.invalid', {}],
    [
      'a model in a merge of spectra',
      withChain((steps) => [spectraJoin(steps), ...steps]),
      'bundle.invalid',
      IN_A_VIEW,
    ],
    [
      'the same inside a member',
      withChain((steps) => nested([spectraJoin(steps), ...steps], 3)),
      'bundle.invalid',
      IN_A_VIEW,
    ],
    [
      'a route with an entry that nobody knows',
      withChain((steps) => [
        { role: 'route', key: { kind: 'column', column: 'a', code: 1 }, lanes: [{ name: 'a', values: ['a'], steps }] },
      ]),
      'bundle.invalid',
      {},
    ],
    [
      'examples with too few values of a column',
      replaced('example.json', '"probabilities"', '"metadata": {"site": ["north"]}, "probabilities"'),
      'bundle.invalid',
      {},
    ],
    ['broken YAML', tampered((m) => (m['metadata.yaml'] = 'a: [')), 'bundle.invalid', {}],
  ])('%s', (_, file, code, details) => {
    expect(() => readBundle(file, reading)).toThrow(refusal(code, details));
  });

  test('a lookup that throws for unknown operators gives the same sentence', () => {
    const throwing = (id: string): never => {
      throw new EngineError('catalog.unknown-id', { kind: 'operator', id });
    };
    expect(() => readBundle(bytes, { ...reading, lookup: throwing })).toThrow(refusal('bundle.unknown-operator'));
  });
});

/** Ten levels of ten references each: 10¹⁰ items when expanded. */
const yamlBomb = Array.from({ length: 10 }, (_, i) =>
  i === 0
    ? 'a0: &a0 [x,x,x,x,x,x,x,x,x,x]'
    : `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(',')}]`,
).join('\n');

describe('what else a bundle can hold', () => {
  const written = (model: DeployedModel) => {
    const examples = chooseExamples(model, spectra, ['A1', 'A2', 'A3', 'A4'], lookup);
    const onnx = modelToOnnx(model, lookup, { appVersion: '0.1.0', lineage: parts.lineage });
    return writeBundle({ ...parts, model, onnx, examples }, sha256);
  };

  test('several views', () => {
    const model = refitted(viewsChain());
    const bundle = readBundle(written(model), reading);
    expect(bundle.model).toEqual(model);
    expect(bundle.metadata.preprocessing).toEqual([
      {
        views: [
          [],
          [{ id: 'TestCentre', params: { factor: 2 } }],
          [{ views: [[], [{ id: 'TestCentre', params: { factor: 2 } }]] }, { id: 'TestCentre', params: { factor: 2 } }],
        ],
      },
    ]);
  });

  test('classes', () => {
    const model = refitted(classChain('TestSides'));
    const bundle = readBundle(
      writeBundle(
        {
          ...parts,
          model,
          onnx: null,
          domain: { ...parts.domain, y: null },
          examples: chooseExamples(model, spectra, ['A', 'B', 'C', 'D'], lookup),
        },
        sha256,
      ),
      reading,
    );
    expect(bundle.model).toEqual(model);
    expect(bundle.metadata).toMatchObject({ task: 'classification', target: { classes: ['Berlin', 'Graz'] } });
    expect(bundle.domain.y).toBeNull();
    expect(bundle.examples.probabilities?.cols).toBe(2);
  });

  test('a fold ensemble, in which equal states are stored once', () => {
    const model: DeployedModel = {
      content: 'fold-ensemble',
      chains: [chain, chain, { ...chain, steps: [...chain.steps] }],
    };
    const bytes = written(model);
    const bundle = readBundle(bytes, reading);
    expect(bundle.model).toEqual(model);
    expect(bundle.manifest.content).toBe('fold-ensemble');
    expect(bundle.metadata).toMatchObject({ content: 'fold-ensemble', members: 3 });
    expect(Object.keys(unzipSync(bytes)).filter((path) => path.startsWith('state/'))).toHaveLength(3);
  });
});

describe('a bundle of format version 1', () => {
  const expected = JSON.parse(readFileSync(`${folder}/format-1.json`, 'utf8')) as { predicted: number[] };
  const options = oldReading;
  const { x } = tecator();
  const test43 = takeRows(
    x,
    Int32Array.from({ length: 43 }, (_, i) => 172 + i),
  );

  test('is read as a refitted regression, and predicts what it predicted, from its state and its graph', async () => {
    const bundle = readBundle(old, options);
    expect(bundle.manifest).toMatchObject({ formatVersion: 1, content: 'refit' });
    expect(bundle.model.chains.map(({ steps }) => steps.length)).toEqual([5]);
    expect(bundle.metadata).toMatchObject({
      schemaVersion: 2,
      task: 'regression',
      members: 1,
      target: { classes: null },
    });
    for (const onnx of [bundle.onnx, null]) {
      const { predicted } = await predictWithBundle({ ...bundle, onnx }, test43, {
        ...options,
        runtime: onnxRuntimeNode,
      });
      expected.predicted.forEach((value, i) => expect(Math.abs((predicted[i] ?? NaN) / value - 1)).toBeLessThan(1e-11));
    }
  });

  test('gives the same graph when it is exported again', () => {
    const { model, onnx, domain, manifest } = readBundle(old, options);
    const info = {
      appVersion: manifest.appVersion,
      lineage: manifest.lineage,
      ...(domain.y && { targetRange: domain.y }),
    };
    // Field 14 is the metadata: parameters that were added since have their defaults there. Field 5 announces the checksum.
    const graph = (bytes: Uint8Array) => [...readProtobuf(bytes)].filter(({ field }) => field !== 14 && field !== 5);
    expect(graph(modelToOnnx(model, options.lookup, info))).toEqual(graph(onnx ?? new Uint8Array()));
  });
});
