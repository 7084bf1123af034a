import {
  AlertOutlined,
  AuditOutlined,
  MessageOutlined,
  OrderedListOutlined,
  PayCircleOutlined,
  RollbackOutlined,
  SettingOutlined,
} from '@ant-design/icons'
import { type ComponentType, lazy } from 'react'
import { CounterScreen } from '../features/counter/counter-screen.tsx'
import type { KeyAction } from '../lib/keymap.ts'
import type { HandbookTitle } from '../ui/words/handbook.ts'

export interface Screen {
  /** Shows the screen from anywhere; absent where it has no tab. */
  readonly key?: KeyAction
  /** As in the address: `#/counter`. */
  readonly id: string
  readonly title: string
  readonly icon: ComponentType
  readonly component: ComponentType
  /** Opened from this screen only, so that it has no tab of its own. */
  readonly under?: string
  /** The page of the handbook that F1 offers there, where the state of the screen asks for none of its own. */
  readonly handbook: HandbookTitle
}

const OrdersScreen = lazy(async () => ({
  default: (await import('../features/orders/orders-screen.tsx')).OrdersScreen,
}))

const RefundScreen = lazy(async () => ({
  default: (await import('../features/refund/refund-screen.tsx')).RefundScreen,
}))

const NoticesScreen = lazy(async () => ({
  default: (await import('../features/notices/notices-screen.tsx')).NoticesScreen,
}))

const BillsScreen = lazy(async () => ({
  default: (await import('../features/bills/bills-screen.tsx')).BillsScreen,
}))

const AttentionScreen = lazy(async () => ({
  default: (await import('../features/attention/attention-screen.tsx')).AttentionScreen,
}))

const SettingsScreen = lazy(async () => ({
  default: (await import('../features/settings/settings-screen.tsx')).SettingsScreen,
}))

const SetupScreen = lazy(async () => ({
  default: (await import('../features/settings/setup-screen.tsx')).SetupScreen,
}))

/** Every screen there is, one row each; the first is home. All but the counter are loaded when first shown. */
export const SCREENS = [
  {
    id: 'counter',
    key: 'screen1',
    title: '收费台',
    icon: PayCircleOutlined,
    component: CounterScreen,
    handbook: '第一笔收费',
  },
  { id: 'orders', key: 'screen2', title: '订单', icon: OrderedListOutlined, component: OrdersScreen, handbook: '凭证' },
  {
    id: 'refund',
    title: '退款',
    icon: RollbackOutlined,
    component: RefundScreen,
    under: 'orders',
    handbook: '全部退款',
  },
  {
    id: 'notices',
    key: 'screen3',
    title: '通知',
    icon: MessageOutlined,
    component: NoticesScreen,
    handbook: '通知患者',
  },
  { id: 'bills', key: 'screen4', title: '对账', icon: AuditOutlined, component: BillsScreen, handbook: '对账' },
  {
    id: 'attention',
    key: 'screen5',
    title: '待处理',
    icon: AlertOutlined,
    component: AttentionScreen,
    handbook: '待处理',
  },
  {
    id: 'settings',
    key: 'screen6',
    title: '设置',
    icon: SettingOutlined,
    component: SettingsScreen,
    handbook: '扫码枪不好用',
  },
  {
    id: 'setup',
    title: '引导设置',
    icon: SettingOutlined,
    component: SetupScreen,
    under: 'settings',
    handbook: '第一次设置',
  },
] as const satisfies readonly Screen[]

/** The screen of an address; home for an address that names none. */
export function screenFor(id: string): Screen {
  return SCREENS.find((screen) => screen.id === id) ?? SCREENS[0]
}
