import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { antdSheetPlugin } from './scripts/lib/antd-sheet-plugin.ts'
import { earlyScriptPlugin } from './scripts/lib/early-script-plugin.ts'
import { handbookPlugin } from './scripts/lib/handbook-plugin.ts'

/** Everything but the two pages' own folders; a page's own entry must stay a file of its own. */
const SHARED_BY_PAGES = /node_modules|src[\\/](shared|renderer[\\/](lib|ui))[\\/]/

/** What asks the main process for the first screen, before the rest of the window is read; of the window alone. */
const EARLY = /src[\\/]renderer[\\/](app[\\/]early|lib[\\/]early-call)\.ts$/
/** What it asks through, which the display asks through too. */
const TRANSPORT =
  /src[\\/](renderer[\\/]lib[\\/]((\w+-)?transport|launch-token|sse-reader)|shared[\\/]domain[\\/]result)\.ts$/

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
    plugins: [
      react(),
      antdSheetPlugin('/index.html'),
      handbookPlugin(join(import.meta.dirname, 'docs')),
      earlyScriptPlugin('/index.html', 'early'),
    ],
    css: { transformer: 'lightningcss' },
    build: {
      rollupOptions: {
        input: { index: 'src/renderer/index.html', display: 'src/renderer/display.html' },
        // What both pages start with comes in one file: by itself the bundler makes one of each set of screens that share.
        output: {
          codeSplitting: {
            groups: [
              // A group takes along what its modules import, unless a group before it has that.
              { name: 'transport', test: TRANSPORT, priority: 2 },
              { name: 'early', test: EARLY, priority: 1 },
              { name: 'base', tags: ['$initial'], test: SHARED_BY_PAGES },
            ],
          },
        },
      },
      // electron-vite leaves the window unminified; over the loopback host a browser loads it too.
      minify: true,
      chunkSizeWarningLimit: 2000,
    },
  },
})
