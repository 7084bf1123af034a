/**
 * The preload as it runs in the page: CommonJS that can require `electron` and nothing else, in the main frame only.
 * `contextBridge` gives the page frozen copies, as Electron's does.
 */
export function preloadScript(preload: string): string {
  return `(() => {
    if (window !== window.top) return
    const listeners = new Map()
    const channel = (name) => {
      if (!listeners.has(name)) listeners.set(name, new Set())
      return listeners.get(name)
    }
    window.__standInHear = ({ channel: name, args }) => {
      for (const listener of [...channel(name)]) listener({}, ...args)
    }
    const electron = {
      contextBridge: {
        exposeInMainWorld: (key, api) => {
          Object.defineProperty(window, key, { value: Object.freeze({ ...api }), enumerable: true })
        },
      },
      ipcRenderer: {
        invoke: (name, ...args) => window.__standInInvoke(name, ...args),
        on: (name, listener) => channel(name).add(listener),
        removeListener: (name, listener) => channel(name).delete(listener),
      },
    }
    const require = (name) => {
      if (name === 'electron') return electron
      throw new Error('module not found: ' + name)
    }
    const module = { exports: {} }
    ;((require, module, exports) => {
${preload}
    })(require, module, module.exports)
  })()`
}
