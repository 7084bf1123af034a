import { registerHooks } from 'node:module'

/** `node --import` of this file gives the built main process the stand-in wherever it imports `electron`. */
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: new URL('./electron.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
})
