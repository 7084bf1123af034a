import { askEarly } from '../lib/early-call.ts'
import { pageTransport } from '../lib/page-transport.ts'

/**
 * A script of its own, small and first in the page (scripts/lib/early-script-plugin.ts): the main process is already
 * answering while the rest of the window is fetched and read.
 */
export const transport = askEarly(pageTransport('cashier.token'), [
  'session.get',
  'settings.get',
  'health.get',
  'window.lockState',
  'tasks.list',
  'charges.search',
])
