/** Where a page asks the main process: on its own origin, or here if it has none. The stand-in answers, no network. */
export const INVOKE_PATH = '/__stand-in/invoke'
const NOWHERE = 'http://nowhere.localhost'

/**
 * The preload as it runs in the page: CommonJS that can require `electron` and nothing else, in the main frame only.
 * `contextBridge` gives the page frozen copies, as Electron's does. The channel is a request that the stand-in answers
 * as it answers for the page itself: a function that a debugger gives a page is lost when a test joins the browser.
 */
export function preloadScript(preload: string): string {
  return `(() => {
    const { fetch } = window
    window.__standInInvoke = async (name, ...args) => {
      const { baseURI } = document
      const address = new URL('${INVOKE_PATH}', baseURI.startsWith('http') ? baseURI : '${NOWHERE}')
      const reply = await fetch(address, { method: 'POST', body: JSON.stringify([name, args]) })
      const { value, error } = await reply.json()
      if (error !== undefined) throw new Error(error)
      return value
    }
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
