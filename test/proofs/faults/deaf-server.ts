/**
 * A listening port behind which nobody accepts: the system completes handshakes until its queue is full and drops the
 * rest. Run as a process of its own, which its parent stops (SIGSTOP) once it has said that it listens.
 */
import { createServer } from 'node:net'

const [port, backlog] = process.argv.slice(2).map(Number)
createServer().listen({ host: '127.0.0.1', port, backlog }, () => process.stdout.write('listening\n'))
