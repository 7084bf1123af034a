import { expect, it } from 'vitest'
import { windowObstacle } from '#scripts/lib/electron-binary.ts'

it.each([
  ['linux', {}, 1000, '没有图形显示'],
  ['linux', { DISPLAY: ':0' }, 0, 'root'],
  ['linux', { DISPLAY: ':0' }, 1000, undefined],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, undefined],
  ['win32', {}, -1, undefined],
  ['darwin', {}, 501, undefined],
] as const)('on %s with %j as user %s the obstacle to a window is %s', (platform, env, uid, words) => {
  const obstacle = windowObstacle(platform, env, uid)
  if (words === undefined) expect(obstacle).toBeUndefined()
  else expect(obstacle?.zh).toContain(words)
})
