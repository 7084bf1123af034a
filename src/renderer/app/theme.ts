import { type ThemeConfig, theme } from 'antd'
import type { Environment } from '#shared/contract/settings.ts'

/** All colours of the window. Text on its ground has a contrast of 7 or more, tones on their soft ground 4.5 or more. */
const LIGHT = {
  ground: '#e8ecf0',
  panel: '#ffffff',
  raised: '#f3f5f8',
  line: '#cbd3db',
  lineStrong: '#7b8794',
  text: '#14202b',
  textSoft: '#46535f',
  accent: '#0b57a4',
  onAccent: '#ffffff',
  focus: '#0b57a4',
  neutral: '#46535f',
  neutralSoft: '#e9edf1',
  progress: '#0b57a4',
  progressSoft: '#e1edfa',
  good: '#0d6539',
  goodSoft: '#dff3e7',
  warning: '#7d4400',
  warningSoft: '#fff0d4',
  bad: '#a11717',
  badSoft: '#fde8e8',
}

const DARK: typeof LIGHT = {
  ground: '#0f1419',
  panel: '#182027',
  raised: '#202a33',
  line: '#36434f',
  lineStrong: '#73818d',
  text: '#e9eff4',
  textSoft: '#b4c0ca',
  accent: '#7abaff',
  onAccent: '#04192e',
  focus: '#9dccff',
  neutral: '#b4c0ca',
  neutralSoft: '#28323b',
  progress: '#8cc4ff',
  progressSoft: '#16314c',
  good: '#74dba4',
  goodSoft: '#12372a',
  warning: '#ffc876',
  warningSoft: '#3d2b0e',
  bad: '#ffa39c',
  badSoft: '#481f1f',
}

/** White text stands on each of them. */
const ENVIRONMENT_COLOURS: Readonly<Record<Environment, string>> = {
  production: '#0b5d4e',
  test: '#a34e00',
  simulated: '#5b3a9e',
}

export const FONT_STACK =
  '"Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif'

export interface Look {
  readonly dark: boolean
  /** Percent of the smallest comfortable type size; the setting, and a little more on a large screen. */
  readonly scale: number
  readonly environment: Environment
}

/** The same colours for our own style sheets, as custom properties, and the type scale as the root's font size. */
export function applyLook(root: HTMLElement, look: Look): void {
  for (const [name, colour] of Object.entries(look.dark ? DARK : LIGHT)) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, colour)
  }
  root.style.setProperty('--environment', ENVIRONMENT_COLOURS[look.environment])
  root.style.setProperty('--font', FONT_STACK)
  root.style.fontSize = `${(16 * look.scale) / 100}px`
  root.style.colorScheme = look.dark ? 'dark' : 'light'
}

/** Ant Design's theme: calm, dense, and drawn from the palette above. */
export function antdTheme({ dark, scale }: Look): ThemeConfig {
  const palette = dark ? DARK : LIGHT
  const scaled = (size: number) => Math.round((size * scale) / 100)
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    // The styles come with the window's own sheet: antd-sheet.ts.
    zeroRuntime: true,
    cssVar: { key: 'cashier' },
    token: {
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorSuccess: palette.good,
      colorWarning: palette.warning,
      colorError: palette.bad,
      colorTextBase: palette.text,
      colorBgBase: palette.panel,
      colorBgContainer: palette.panel,
      colorBgElevated: palette.panel,
      colorBorder: palette.lineStrong,
      colorBorderSecondary: palette.line,
      colorTextPlaceholder: palette.textSoft,
      colorTextDisabled: palette.textSoft,
      colorTextLightSolid: palette.onAccent,
      borderRadius: 4,
      controlHeight: scaled(34),
      controlHeightSM: scaled(26),
      controlHeightLG: scaled(42),
      fontSize: scaled(15),
      fontFamily: FONT_STACK,
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 600 },
      Segmented: { trackBg: palette.raised, itemSelectedBg: palette.progressSoft, itemSelectedColor: palette.progress },
      Tooltip: { colorTextLightSolid: dark ? palette.text : '#ffffff' },
    },
  }
}
