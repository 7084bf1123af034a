import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { handbookPlugin } from './scripts/lib/handbook-plugin.ts'

/** Everything but the two pages' own folders; a page's own entry must stay a file of its own. */
const SHARED_BY_PAGES = /node_modules|src[\\/](shared|renderer[\\/](lib|ui))[\\/]/

export default defineConfig({
  main: {
    build: {
      rollupOptions: { input: ['index', 'headless', 'worker', 'checkpoint'].map((entry) => `src/main/${entry}.ts`) },
    },
  },
  preload: {
    build: {
      // A sandboxed preload is run as CommonJS and can require nothing but electron: everything else is bundled in.
      externalizeDeps: false,
      rollupOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.js' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), handbookPlugin(join(import.meta.dirname, 'docs'))],
    css: { transformer: 'lightningcss' },
    build: {
      rollupOptions: {
        input: { index: 'src/renderer/index.html', display: 'src/renderer/display.html' },
        // What both pages start with comes in one file: by itself the bundler makes one of each set of screens that share.
        output: { codeSplitting: { groups: [{ name: 'base', tags: ['$initial'], test: SHARED_BY_PAGES }] } },
      },
      // electron-vite leaves the window unminified; over the loopback host a browser loads it too.
      minify: true,
      chunkSizeWarningLimit: 2000,
    },
  },
})
