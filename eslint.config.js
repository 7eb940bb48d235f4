import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** The rules of resources/docs and the reasons for them stand in the style guide; a rule switched off says why here. */
export default tseslint.config(
  {
    ignores: [
      'node_modules/',
      '.toolchain/',
      'dist/',
      'out/',
      'coverage/',
      'test-results/',
      'playwright-report/',
      'resources/',
      'tests/golden/generate/',
      // AssemblyScript, and what is made of it.
      'core/kernels/assembly/',
      'core/kernels/binaries.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      // Numbers belong in sentences; objects and the like still do not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => void call()` and `() => set(x)` are how short event handlers read.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true, ignoreVoidReturningFunctions: true },
      ],
      // Takes the factory functions of Electron's declarations for wrong constructors.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Interfaces of ours are objects of functions without `this`; taking one out of its object is how hooks read.
      '@typescript-eslint/unbound-method': 'off',
      // The code is checked by several projects with different settings for index access; what one calls
      // unnecessary, another needs.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
    },
  },
  {
    files: ['renderer/**/*.{ts,tsx}', 'tests/**/*.tsx'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // A program on a terminal prints, and so does the log.
    files: ['electron/main/log*.ts', 'electron/main/log/**', 'electron/cli/**', 'tests/**', 'build/**'],
    rules: { 'no-console': 'off' },
  },
  {
    // The tools demand a default export.
    files: ['*.config.{ts,js}', '.dependency-cruiser.mjs'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    files: ['build/**/*.mjs', '*.config.js'],
    extends: [tseslint.configs.base],
    rules: {
      eqeqeq: 'error',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
);
