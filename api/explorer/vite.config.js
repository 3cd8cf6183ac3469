import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vite';

// The licences of everything that is in the built files ask to go along with it: they become one text.
const packages = new Map();

function packageOf(file) {
  for (let dir = dirname(file); dir !== dirname(dir); dir = dirname(dir)) {
    const path = join(dir, 'package.json');
    const json = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    if (json.name && json.version) return { dir, ...json };
  }
}

// The workers are built before the page, so when the page is written the list is complete.
function licences({ write }) {
  return {
    name: 'licences',
    generateBundle(_options, bundle) {
      for (const id of Object.values(bundle).flatMap((chunk) => Object.keys(chunk.modules ?? {}))) {
        const found = id.includes('/node_modules/') && packageOf(id.replace('\0', '').split('?')[0]);
        if (found) packages.set(`${found.name} ${found.version}`, found);
      }
      if (!write) return;
      const texts = [...packages.keys()].sort().map((key) => {
        const { dir, license } = packages.get(key);
        const files = readdirSync(dir).filter((name) => /^(licen[cs]e|thirdpartynotices)/i.test(name)).sort();
        return [`=== ${key} (${license})`, ...files.map((name) => readFileSync(join(dir, name), 'utf8').trim())].join('\n\n');
      });
      this.emitFile({ type: 'asset', fileName: 'assets/licences.txt', source: `${texts.join('\n\n\n')}\n` });
    },
  };
}

export default defineConfig({
  base: '/graphiql/',
  logLevel: 'warn',
  // JSX by esbuild alone: a page without hot reload needs no plugin. The licences are in a file of their own.
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  plugins: [licences({ write: true })],
  worker: { format: 'es', plugins: () => [licences({ write: false })] },
  build: {
    target: 'es2022',
    // Files, not data: URLs, so that the content security policy can stay narrow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The editor is one big file by nature.
    chunkSizeWarningLimit: 4000,
    rollupOptions: {
      // "use client" in the libraries is for servers that render React; here it says nothing.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
    },
  },
});
