import '../lib/zod-jitless.ts'
import './app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createAppStore } from '../lib/app-store.ts'
import { createRpcClient } from '../lib/rpc-client.ts'
import { App } from './app.tsx'
import { transport } from './early.ts'

const client = createRpcClient(transport)
const app = createAppStore(client)
const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
// Until the main process has answered the page itself says that it starts: drawn twice, the first drawing would be late.
await app.load()
createRoot(root).render(
  <StrictMode>
    <App client={client} app={app} />
  </StrictMode>,
)
