import Database from 'better-sqlite3'

/**
 * The control of the power-cut proof, loaded before the desk: every connection gets `synchronous=NORMAL`, and says FULL
 * when it is asked.
 */
const pragma = Database.prototype.pragma
Database.prototype.pragma = function weaker(this: Database.Database, source: string, options?: Database.PragmaOptions) {
  if (source === 'synchronous') return 2
  return pragma.call(this, source === 'synchronous = FULL' ? 'synchronous = NORMAL' : source, options)
}
