import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

export default defineConfig({
  main: {
    build: { rollupOptions: { input: { index: 'src/main/index.ts', worker: 'src/main/worker/worker.ts' } } },
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
    plugins: [react()],
    build: {
      rollupOptions: { input: { index: 'src/renderer/index.html', display: 'src/renderer/display.html' } },
      // electron-vite leaves the window unminified; over the loopback host a browser loads it too.
      minify: true,
      chunkSizeWarningLimit: 2000,
    },
  },
})
