import { z } from 'zod'

// zod would compile its parsers with `new Function`; the page's policy forbids that, and even the probe is reported.
// Must be imported before any file that makes a schema.
z.config({ jitless: true })
