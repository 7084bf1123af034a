/** Version 4: how a value that drifts from the document is built, never the value. Frozen. */
export const diagnostics = `
ALTER TABLE wire_drift ADD COLUMN sample TEXT;
`
