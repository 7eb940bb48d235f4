/**
 * Type checks, one project per environment: code that must run anywhere is checked without DOM and Node types, the
 * window with DOM and without Node, and so on. A project reports on its own files only: what it imports belongs to
 * another project with other settings.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { continueOnNode } from './lib/node.mjs';
import { root } from './lib/paths.mjs';
import { say } from './lib/say.mjs';
import { main } from './lib/stop.mjs';

/** Every `tsconfig.<environment>.json`; tsconfig.json and tsconfig.base.json are for editors and for inheritance. */
export function projects() {
  return readdirSync(root).filter((name) => /^tsconfig\.(?!base\.)\w+\.json$/.test(name));
}

/** Checks all projects. Returns the number of errors, having printed them. */
export async function checkTypes() {
  const { default: ts } = await import('typescript');
  const host = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => root,
    getNewLine: () => '\n',
  };
  const checked = new Set();
  let errors = 0;
  for (const name of projects()) {
    const config = ts.getParsedCommandLineOfConfigFile(
      join(root, name),
      {},
      { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (d) => say(ts.formatDiagnostic(d, host)) },
    );
    const own = new Set(config.fileNames);
    // TS18003: a project whose folders are still empty.
    const diagnostics = config.errors.filter(({ code }) => code !== 18003);
    if (own.size > 0) {
      const program = ts.createProgram({ rootNames: config.fileNames, options: config.options });
      diagnostics.push(...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics());
      for (const file of program.getSourceFiles())
        if (own.has(file.fileName))
          diagnostics.push(...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file));
    }
    for (const file of own) checked.add(file);
    errors += diagnostics.length;
    if (diagnostics.length > 0) process.stdout.write(`${name}\n${ts.formatDiagnostics(diagnostics, host)}\n`);
  }
  const forgotten = sourceFiles(ts).filter((file) => !checked.has(file));
  for (const file of forgotten)
    process.stdout.write(
      `${relative(root, file)}: no tsconfig.<environment>.json includes this file. Add its folder to one.\n`,
    );
  say(`Types: ${checked.size} files in ${projects().length} projects, ${errors + forgotten.length} errors.`);
  return errors + forgotten.length;
}

function sourceFiles(ts) {
  const folders = ['core', 'electron', 'renderer', 'tests'].filter((folder) => existsSync(join(root, folder)));
  return (
    folders
      .flatMap((folder) => ts.sys.readDirectory(join(root, folder), ['.ts', '.tsx']))
      .map((file) => file.split(sep).join('/'))
      // AssemblyScript has a compiler and types of its own.
      .filter((file) => !file.includes('/core/kernels/assembly/'))
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => (await continueOnNode(process.argv[1])) ?? ((await checkTypes()) === 0 ? 0 : 1));
}
