/** What the stand-in did goes to standard output, one JSON line each, for the test that started it. */
export function tell(what: string, facts: Record<string, unknown> = {}): void {
  process.stdout.write(`${JSON.stringify({ standIn: what, ...facts })}\n`)
}
