#!/usr/bin/env node
// npm 10 runs `node-gyp rebuild` for any package with a binding.gyp, also for one that ships its binaries. Nothing to do.
