declare module 'onscan.js' {
  interface OnScan {
    attachTo(
      element: Document,
      options: {
        readonly suffixKeyCodes: readonly number[]
        readonly reactToPaste: boolean
        readonly preventDefault: boolean
        readonly onScan: (text: string) => void
      },
    ): void
    detachFrom(element: Document): void
  }
  const onScan: OnScan
  // biome-ignore lint/style/noDefaultExport: this is how the package exports itself.
  export default onScan
}
