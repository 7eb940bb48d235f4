/**
 * The licence gate: everything that ships must be under a licence of the allow-list. Checks the production dependencies
 * and whatever the bundlers put into `dist/`, and writes the notices that ship with the application.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { main, Stop } from './lib/stop.mjs';

/** Permissive licences. No copyleft and no "non-commercial" may ship; a new entry needs a decision record. */
const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'OFL-1.1',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** True when an SPDX expression can be satisfied with the allow-list: one side of OR, both sides of AND. */
export function isAllowed(expression) {
  const text = expression.replace(/[()]/g, ' ').trim();
  if (text === '') return false;
  return text.split(/\s+OR\s+/).some((choice) => choice.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim())));
}

/** Folders of the packages that ship: the closure of `dependencies`, and what was bundled from anywhere. */
export function shippedPackages() {
  const folders = new Set();
  const visit = (name, from) => {
    const folder = resolvePackage(name, from);
    // An optional package of another platform, or a peer that nobody installed.
    if (folder === undefined || folders.has(folder)) return;
    folders.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = readManifest(folder);
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next, folder);
  };
  for (const name of Object.keys(readManifest('.').dependencies)) visit(name, '.');
  for (const part of ['engine', 'shell']) {
    const file = join(root, 'dist', `.${part}-packages.json`);
    if (existsSync(file)) for (const folder of JSON.parse(readFileSync(file, 'utf8'))) folders.add(folder);
  }
  return [...folders].sort();
}

/** Every shipped package with its licence: from node_modules, and from the list that Vite writes for the window. */
export function shippedLicences() {
  const entries = shippedPackages().map((folder) => {
    const { name, version, license } = readManifest(folder);
    return { name, version, licence: licenceName(license), text: licenceText(folder) };
  });
  const ofWindow = join(root, 'dist', 'renderer', 'licences.json');
  if (existsSync(ofWindow))
    for (const { name, version, identifier, text } of JSON.parse(readFileSync(ofWindow, 'utf8')))
      entries.push({ name, version, licence: identifier ?? '', text: text ?? '' });
  const unique = new Map(entries.map((entry) => [`${entry.name}@${entry.version}`, entry]));
  return [...unique.values()].sort((a, b) => a.name.localeCompare(b.name));
}

/** Fails with the list of the packages that may not ship; else writes `dist/THIRD-PARTY-NOTICES.txt`. */
export function checkLicences() {
  const licences = shippedLicences();
  const refused = licences.filter(({ licence }) => !isAllowed(licence));
  if (refused.length > 0) {
    const list = refused.map(({ name, version, licence }) => `  ${name}@${version}: ${licence || 'no licence named'}`);
    throw new Stop(
      `These packages may not ship. Replace them, or extend the allow-list with a decision record:\n${list.join('\n')}`,
    );
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  const notices = licences.map(
    ({ name, version, licence, text }) =>
      `${name} ${version}\n${licence}\n\n${text.trim() || '(no licence text in the package)'}\n`,
  );
  writeFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), notices.join(`\n${'-'.repeat(80)}\n\n`));
  return licences.length;
}

function resolvePackage(name, from) {
  for (let folder = from; ;) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(join(root, candidate, 'package.json'))) return candidate;
    if (folder === '.' || folder === '') return undefined;
    const at = folder.lastIndexOf('node_modules');
    folder = at <= 0 ? '.' : folder.slice(0, at - 1);
  }
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

function licenceName(license) {
  if (typeof license === 'string') return license;
  return license?.type ?? '';
}

function licenceText(folder) {
  const file = readdirSync(join(root, folder)).find((name) => /^(licen[cs]e|copying)/i.test(name));
  return file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(() => {
    say(`Licences: all ${checkLicences()} packages that ship are under a licence of the allow-list.`);
  });
}
