import '../lib/zod-jitless.ts'
import './display.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { pageTransport } from '../lib/page-transport.ts'
import { createRpcClient } from '../lib/rpc-client.ts'
import { DisplayPage } from './display-page.tsx'
import { createDisplayStore } from './display-store.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('display.html has no #root')
createRoot(root).render(
  <StrictMode>
    <DisplayPage display={createDisplayStore(createRpcClient(pageTransport('cashier.display-token')))} />
  </StrictMode>,
)
