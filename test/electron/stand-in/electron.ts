import { app } from './app.ts'
import { flip } from './flip.ts'
import { tell } from './tell.ts'

/**
 * Test only: as much of the `electron` module as the desk uses, on a real Chromium. It runs the built main process, the
 * built preload and the built window in plain Node, and it is strict where Electron is: what must happen before or
 * after `ready` throws at the wrong time. What it does not show: the sandbox and the isolated world of the preload.
 */
// biome-ignore lint/performance/noBarrelFile: it stands for a module that exports all of these.
export { app } from './app.ts'
export { BrowserWindow } from './browser-window.ts'
export { ipcMain } from './ipc.ts'
export { protocol } from './protocol.ts'
export { screen } from './screen.ts'

export const dialog = {
  showErrorBox: (title: string, content: string) => tell('errorBox', { title, content }),
  showMessageBoxSync: ({ title, message }: { readonly title: string; readonly message: string }) => {
    app.mustBeReady('dialog.showMessageBoxSync')
    tell('messageBox', { title, message })
    return 0
  },
}

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => tell('menu', { menu }),
}

export const shell = {
  openExternal: async (url: string) => tell('openExternal', { url }),
}

export const session = {
  get defaultSession() {
    app.mustBeReady('session.defaultSession')
    return {
      setPermissionRequestHandler: (handler: unknown) => tell('permissionRequests', { handled: handler !== null }),
      setPermissionCheckHandler: (handler: unknown) => tell('permissionChecks', { handled: handler !== null }),
      setDevicePermissionHandler: (handler: unknown) => tell('devicePermissions', { handled: handler !== null }),
      on: (event: string) => tell('sessionEvent', { event }),
    }
  },
}

const hasKeychain = process.env.STAND_IN_KEYCHAIN !== 'none'

export const safeStorage = {
  isAsyncEncryptionAvailable: async () => {
    app.mustBeReady('safeStorage')
    return hasKeychain
  },
  getSelectedStorageBackend: () => (hasKeychain ? 'gnome_libsecret' : 'basic_text'),
  encryptStringAsync: async (text: string) => flip(Buffer.from(text)),
  decryptStringAsync: async (sealed: Buffer) => ({ result: flip(sealed).toString(), shouldReEncrypt: false }),
}
