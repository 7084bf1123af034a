import { buildIfStale } from '#scripts/lib/build.ts'

/** The browser gets the built window: a build older than the sources must never be what is tested. */
export async function setup(): Promise<void> {
  if (!(await buildIfStale())) throw new Error('the window could not be built')
}
