/** An event larger than this is not ours; it is dropped instead of being kept in memory without end. */
const LONGEST_EVENT = 4_000_000

/** Cuts a text/event-stream into the data of its events. Comments (heartbeats) and other fields are left out. */
export function createSseReader(onData: (data: string) => void): { push(chunk: string): void } {
  let rest = ''
  let data: string[] = []
  const readLine = (line: string) => {
    if (line === '') {
      if (data.length > 0) onData(data.join('\n'))
      data = []
    } else if (line.startsWith('data:')) {
      data.push(line.slice(line.startsWith('data: ') ? 6 : 5))
    }
  }
  return {
    push(chunk) {
      const lines = (rest + chunk).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const line of lines) readLine(line)
      if (rest.length > LONGEST_EVENT) rest = ''
    },
  }
}
