/**
 * Which folder may import which. Every line of the two tables is one rule; the sentence tells the offender what to do
 * instead. The reasons for the layout stand in resources/docs/architecture.md.
 */

/** Folder of core/ → other folders of core/ that it may import, and the advice. */
const CORE = {
  base: [[], 'core/base knows nothing else. Move the part that needs more to the folder that has it.'],
  contract: [
    ['base'],
    'The contract is what window and engine say to each other: describe the data with zod here instead of importing it.',
  ],
  kernels: [['base'], 'Compiled kernels get places in memory and counts. What calls them belongs in core/numerics.'],
  numerics: [['base', 'kernels'], 'A kernel gets arrays, not domain objects. Take the numbers out before the call.'],
  data: [
    ['base', 'contract', 'numerics'],
    'Data does not know who reads, transforms or models it. Turn the dependency round.',
  ],
  io: [
    ['base', 'contract', 'numerics', 'data'],
    'Readers turn bytes into data and back; the use case that joins them with the rest belongs in core/engine.',
  ],
  transforms: [
    ['base', 'numerics', 'data'],
    'An operator imports kernels only. Shared code of several operators belongs in core/numerics or core/data.',
  ],
  splitters: [
    ['base', 'numerics', 'data'],
    'An operator imports kernels only. Shared code of several operators belongs in core/numerics or core/data.',
  ],
  models: [
    ['base', 'numerics', 'data'],
    'An operator imports kernels only. Shared code of several operators belongs in core/numerics or core/data.',
  ],
  filters: [
    ['base', 'numerics', 'data'],
    'An operator imports kernels only. Shared code of several operators belongs in core/numerics or core/data.',
  ],
  augmentations: [
    ['base', 'numerics', 'data'],
    'An operator imports kernels only. Shared code of several operators belongs in core/numerics or core/data.',
  ],
  tuning: [
    ['base', 'numerics'],
    'Samplers and pruners see parameters and scores. What a trial computes is decided in core/execution.',
  ],
  metrics: [
    ['base', 'numerics'],
    'A metric gets observed and predicted numbers. Take them out of the dataset before the call.',
  ],
  catalog: [
    ['base', 'contract', 'data', 'io', 'transforms', 'splitters', 'filters', 'augmentations', 'models', 'metrics'],
    'The catalog lists what exists; what uses the catalog gets it as an argument.',
  ],
  pipeline: [
    ['base', 'contract'],
    'The pipeline language also runs in the window: it gets the catalog as an argument and imports no operator.',
  ],
  execution: [
    ['base', 'contract', 'data', 'kernels', 'numerics', 'metrics', 'pipeline', 'tuning'],
    'Execution asks for stores and caches through core/execution/ports.ts. Add a port and implement it in the other folder.',
  ],
  cache: [['base', 'data', 'execution'], 'A cache implements core/execution/ports.ts and knows nothing else.'],
  artifacts: [
    ['base', 'numerics', 'execution'],
    'The artifact store implements core/execution/ports.ts and knows nothing else.',
  ],
  workspace: [
    ['base', 'contract', 'data', 'execution', 'artifacts', 'tuning'],
    'Repositories store and load records; who may do what is decided in core/engine.',
  ],
  export: [
    ['base', 'numerics', 'data', 'pipeline'],
    'Exporters turn fitted chains into bytes; join them with the store in core/engine.',
  ],
  routing: [['base', 'contract', 'data', 'execution'], 'Routing plans runs and asks execution to do them.'],
};

/** Folders of core/ (or one file type of them) that may use Node's own modules. */
const NODE_ALLOWED = '^core/(artifacts|workspace|engine|export/onnxRuntimeNode|io/[^/]*[nN]ode)';

/** Folder outside core/ → what it may import besides itself, as path patterns, and the advice. */
const SHELL = {
  'electron/main': [
    '^(electron/(policy|ipc)/|core/(contract|base)/|core/artifacts/rotatingLog)',
    'The main process passes on and supervises. Work belongs in the engine: add a call to core/contract.',
  ],
  'electron/preload': [
    '^core/contract/names',
    'The preload forwards names and is sandboxed. Everything else belongs in main or in the window.',
  ],
  'electron/ipc': ['^core/(contract|base)/', 'This folder carries messages and does not know what they do.'],
  'electron/engine': [
    '^(core/(engine|contract|base|execution|catalog|kernels|workspace|artifacts|io|export)|electron/ipc)/',
    'The entry of the engine opens files and workers and hands them to core/engine as adapters. Put use cases there.',
  ],
  'electron/cli': [
    '^(core/(engine|contract|base|pipeline|workspace|artifacts|io|export)|electron/engine)/',
    'The command line is a second face of core/engine. Put use cases there, so that the window has them too.',
  ],
  'electron/policy': ['^core/base/', 'A policy is a pure verdict: give it what it needs as arguments.'],
  'renderer/views': [
    '^(renderer/(builder|charts|components|state|bridge|locales|theme)|core/(contract|base|pipeline))/',
    'Views never import views: move what is shared to renderer/components, charts or state.',
  ],
  'renderer/builder': [
    '^(renderer/(components|charts|state|bridge|theme|locales)|core/(contract|base|pipeline))/',
    'The builder is used by views and does not know them.',
  ],
  'renderer/charts': [
    '^(renderer/(theme|locales|components)|core/(contract|base))/',
    'A chart is a pure function of its data: fetch in the view, pass props.',
  ],
  'renderer/components': [
    '^(renderer/(theme|locales)|core/(contract|base))/',
    'Components get props and send events: no store, no bridge.',
  ],
  'renderer/state': [
    '^(renderer/(bridge|locales)|core/(contract|base|pipeline))/',
    'State knows the bridge and the contract, and nothing that draws.',
  ],
  'renderer/bridge': [
    '^core/(contract|base)/',
    'The bridge is the only file that names window.api; it knows the contract only.',
  ],
  'renderer/theme': ['^$', 'The theme imports nothing of ours.'],
  'renderer/locales': ['^$', 'A table of sentences imports nothing of ours.'],
};

const ours = '^(core|electron|renderer|tests|build)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(CORE).map(([folder, [allowed, comment]]) => ({
      name: `core-${folder}`,
      comment,
      severity: 'error',
      from: { path: `^core/${folder}/` },
      to: { path: ours, pathNot: `^core/(${[folder, ...allowed].join('|')})/` },
    })),
    {
      name: 'ports-only',
      comment: 'Cache, artifacts and workspace may see the ports of execution and nothing else of it.',
      severity: 'error',
      from: { path: '^core/(cache|artifacts|workspace)/' },
      to: { path: '^core/execution/', pathNot: '^core/execution/ports\\.ts$' },
    },
    {
      name: 'catalog-types-only',
      comment:
        'These folders may name the types of the catalog and get its contents as an argument. Write `import type`.',
      severity: 'error',
      from: { path: '^core/(execution|export|pipeline)/' },
      to: { path: '^core/(catalog|models)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-engine',
      comment: 'core knows neither Electron nor the window. Pass what is needed as an argument.',
      severity: 'error',
      from: { path: '^core/' },
      to: { path: '^(electron|renderer|tests|build)/' },
    },
    ...Object.entries(SHELL).map(([folder, [allowed, comment]]) => ({
      name: folder.replace('/', '-'),
      comment,
      severity: 'error',
      from: { path: `^${folder}/${folder === 'renderer/views' ? '([^/]+)/' : ''}` },
      to: {
        path: ours,
        pathNot: [`^${folder}/${folder === 'renderer/views' ? '$1/' : ''}`, allowed],
        // Types of the contract are gone when the preload is built.
        ...(folder === 'electron/preload' ? { dependencyTypesNot: ['type-only'] } : {}),
      },
    })),
    {
      name: 'renderer-core',
      comment:
        'The window sees core/contract, core/pipeline and core/base. Ask the engine for the rest: add a call to the contract.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(core|electron|tests|build)/', pathNot: '^core/(contract|pipeline|base)/' },
    },
    {
      name: 'no-electron-in-core',
      comment: 'core and the policies are tested without Electron and React. Pass what is needed as an argument.',
      severity: 'error',
      from: { path: '^(core|electron/(policy|cli|engine)|renderer)/' },
      to: { path: 'node_modules/electron/' },
    },
    {
      name: 'no-react-outside-renderer',
      comment: 'Only the window draws.',
      severity: 'error',
      from: { path: '^(core|electron)/' },
      to: { path: 'node_modules/(react|react-dom|@mui|echarts|zustand)/' },
    },
    {
      name: 'no-node-in-pure-core',
      comment:
        'Most of core runs in any JavaScript environment. Files and processes belong in core/artifacts, core/workspace and core/engine.',
      severity: 'error',
      from: { path: '^core/', pathNot: NODE_ALLOWED },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-node-in-window',
      comment: 'The window has no Node. Ask main or the engine through the contract.',
      severity: 'error',
      from: { path: '^(renderer|electron/preload)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-native-package-outside-its-adapter',
      comment: 'SQLite and ONNX Runtime have one adapter each. Use its port.',
      severity: 'error',
      from: {
        path: '^(core|electron|renderer)/',
        pathNot: '^core/(workspace|engine)/|^core/export/onnxRuntimeNode\\.ts$',
      },
      to: { path: 'node_modules/(better-sqlite3|onnxruntime-node)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tests-in-product',
      comment: 'The product never imports its tests. Move what both need to the product.',
      severity: 'error',
      from: { path: '^(core|electron|renderer|build)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'e2e-sees-the-window-only',
      comment:
        'End-to-end tests use the application as a person does: they import their support files and nothing of ours.',
      severity: 'error',
      from: { path: '^tests/e2e/' },
      to: { path: '^(core|electron|renderer)/' },
    },
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or three. Type imports do not count.',
      severity: 'error',
      from: { path: '^(core|electron|renderer)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'This import leads nowhere. Correct the path, or install the package.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(worker|url|raw)' },
    },
    {
      name: 'no-development-package-in-engine',
      comment:
        'The engine and the command line ship: move the package to "dependencies" (it goes through the licence gate).',
      severity: 'error',
      from: { path: '^(core|electron/(engine|cli|ipc|policy))/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|out|\\.toolchain)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default', 'require'],
      mainFields: ['module', 'main', 'types'],
    },
    moduleSystems: ['es6', 'cjs'],
  },
};
