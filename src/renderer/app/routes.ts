import { OrderedListOutlined, PayCircleOutlined } from '@ant-design/icons'
import { type ComponentType, lazy } from 'react'
import { CounterScreen } from '../features/counter/counter-screen.tsx'

export interface Screen {
  /** As in the address: `#/counter`. */
  readonly id: string
  readonly title: string
  readonly icon: ComponentType
  readonly component: ComponentType
}

const OrdersScreen = lazy(async () => ({
  default: (await import('../features/orders/orders-screen.tsx')).OrdersScreen,
}))

/** Every screen there is, one row each; the first is home. All but the counter are loaded when first shown. */
export const SCREENS = [
  { id: 'counter', title: '收费台', icon: PayCircleOutlined, component: CounterScreen },
  { id: 'orders', title: '订单', icon: OrderedListOutlined, component: OrdersScreen },
] as const satisfies readonly Screen[]

/** The screen of an address; home for an address that names none. */
export function screenFor(id: string): Screen {
  return SCREENS.find((screen) => screen.id === id) ?? SCREENS[0]
}
