/** Made while the window is built, by `scripts/lib/handbook-plugin.ts`. */
declare module 'virtual:handbook' {
  export const pages: readonly import('./parse-handbook.ts').HandbookPage[]
  /** Addresses of the pictures, by the file that the handbook names. */
  export const pictures: Readonly<Record<string, string>>
}
