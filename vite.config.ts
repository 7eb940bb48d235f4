import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The window. Chrome 114 is the oldest browser engine it is tested in; the files are served from `app://`. */
export default defineConfig({
  root: here('renderer'),
  base: './',
  publicDir: false,
  plugins: [react()],
  build: {
    target: 'chrome114',
    outDir: here('dist/renderer'),
    emptyOutDir: true,
    sourcemap: true,
    // Fonts and pictures stay files: the content security policy has no data: for fonts.
    assetsInlineLimit: 0,
    // The application is read from the disk; the warning about large chunks is for web sites.
    chunkSizeWarningLimit: 8000,
    license: { fileName: 'licences.json' },
  },
});
