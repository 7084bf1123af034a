import { spawn } from 'node:child_process'

/** Opens a page in the person's browser where there is a display. @returns whether it was tried. */
export function openBrowser(url: string, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  const command = browserCommand(url, platform, env)
  if (command === undefined) return false
  const child = spawn(command.file, command.args, { stdio: 'ignore', detached: true, windowsHide: true })
  // Where the opener is missing the person still has the address on the screen.
  child.on('error', () => undefined)
  child.unref()
  return true
}

/** No shell is involved, so that nothing in the address can be taken for a command. */
export function browserCommand(
  url: string,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv,
): { readonly file: string; readonly args: readonly string[] } | undefined {
  if (platform === 'win32') return { file: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', url] }
  if (platform === 'darwin') return { file: 'open', args: [url] }
  const hasDisplay = Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY)
  return hasDisplay && !env.CI ? { file: 'xdg-open', args: [url] } : undefined
}
