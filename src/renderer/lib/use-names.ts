import { useCallback } from 'react'
import { type DictionaryName, nameOf } from '#shared/domain/dictionaries.ts'
import { useApp } from './feature-store.tsx'

/** `code 名称` with the names of this site above the shipped ones. */
export type NameOf = (dictionary: DictionaryName, code: string) => string

export function useNames(): NameOf {
  const site = useApp((state) => state.settings?.dictionaries)
  return useCallback((dictionary, code) => nameOf(dictionary, code, site), [site])
}
