import type { CallbackFault, CallbackInterface, RequestFault, RequestInterface } from './steps.ts'

export interface PlannedFault<K extends string> {
  readonly kind: K
  readonly ms: number
}

/** Faults that wait for their message: each is played once, the oldest first. */
export class FaultPlan {
  readonly #requests = new Map<string, PlannedFault<RequestFault>[]>()
  readonly #callbacks = new Map<string, PlannedFault<CallbackFault>[]>()

  onRequest(on: RequestInterface, medOrgOrd: string, fault: PlannedFault<RequestFault>): void {
    push(this.#requests, `${on} ${medOrgOrd}`, fault)
  }

  onCallback(on: CallbackInterface, medOrgOrd: string, fault: PlannedFault<CallbackFault>): void {
    push(this.#callbacks, `${on} ${medOrgOrd}`, fault)
  }

  takeForRequest(on: RequestInterface, medOrgOrd: string): PlannedFault<RequestFault> | undefined {
    return this.#requests.get(`${on} ${medOrgOrd}`)?.shift()
  }

  takeForCallback(on: CallbackInterface, medOrgOrd: string): PlannedFault<CallbackFault> | undefined {
    return this.#callbacks.get(`${on} ${medOrgOrd}`)?.shift()
  }

  /** The network is whole again. */
  clear(): void {
    this.#requests.clear()
    this.#callbacks.clear()
  }
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  lists.set(key, [...(lists.get(key) ?? []), item])
}
