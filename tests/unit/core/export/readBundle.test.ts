import { unzipSync, zipSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EngineError } from '#core/base/errors.ts';
import { predictChain } from '#core/data/fittedChain.ts';
import { readBundle } from '#core/export/readBundle.ts';
import { writeBundle } from '#core/export/writeBundle.ts';
import { parts, reading } from '#tests/unit/core/export/support/testBundle.ts';
import { chain, lookup, sha256, spectra } from '#tests/unit/core/export/support/testChain.ts';

const bytes = writeBundle(parts, sha256);
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
  return zipSync(packed, { level: 0 });
}
const replaced = (path: string, from: string | RegExp, to: string, sign = true): Uint8Array =>
  tampered((members) => {
    const before = String(members[path]);
    members[path] = before.replace(from, to);
    expect(members[path]).not.toBe(before);
  }, sign);

test('what was written is read back, and predicts the same bits', () => {
  const bundle = readBundle(bytes, reading);
  expect(bundle.chain).toEqual(chain);
  expect(bundle.onnx).toEqual(parts.onnx);
  expect(bundle.domain).toEqual(parts.domain);
  expect(bundle.examples).toEqual(parts.examples);
  expect(bundle.manifest).toMatchObject({
    formatVersion: 1,
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
  expect(predictChain(bundle.chain, spectra, lookup)).toEqual(predictChain(chain, spectra, lookup));
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

  test('whatever byte is changed, it is refused or reads the same', () => {
    const whole = readBundle(bytes, reading);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ flip;
        try {
          // The date and the CRC of a ZIP entry may change without consequence: checksums of the manifest hold.
          const { manifest: _, ...content } = readBundle(changed, reading);
          const { manifest: __, ...expected } = whole;
          expect(content).toEqual(expected);
        } catch (error) {
          if (!(error instanceof EngineError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });

  test('cut off anywhere', () => {
    for (let length = 0; length < bytes.length; length += 97)
      expect(() => readBundle(bytes.slice(0, length), reading)).toThrow(refusal('bundle.invalid'));
  });
});

describe('a hostile or foreign bundle, correctly signed', () => {
  test.each([
    [
      'a newer format',
      replaced('manifest.json', '"formatVersion": 1', '"formatVersion": 2'),
      'bundle.newer',
      { found: 2 },
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
