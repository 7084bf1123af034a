import { Button } from 'antd'
import { useEffect, useState } from 'react'
import { useApp } from '../../lib/feature-store.tsx'
import { diagnoseScan, type ScanDiagnosis } from '../../lib/scanner/diagnose-scan.ts'
import { recordKeys } from '../../lib/scanner/key-recorder.ts'
import { type Recommendation, recommendProfile } from '../../lib/scanner/recommend-profile.ts'
import type { ScannerProfile } from '../../lib/scanner/scan-profile.ts'
import { TEST_CODE } from '../../lib/scanner/test-code.ts'
import { Notice } from '../../ui/notice.tsx'
import { ADVICE_WORDS, CALIBRATION_WORDS } from '../../ui/words/calibration.ts'
import { DeviceScanners } from './device-scanners.tsx'
import styles from './settings.module.css'
import { TestCodes } from './test-codes.tsx'
import { useSettings } from './use-settings.ts'

const SCANS = 3

/** Three scans of a shown code tell how this desk's scanner works, and what to set or to change. */
export function CalibrationPanel() {
  const [scans, setScans] = useState<readonly ScanDiagnosis[]>([])
  useEffect(
    () => recordKeys((keys) => setScans((before) => [...before.slice(-SCANS + 1), diagnoseScan(keys, TEST_CODE)])),
    [],
  )
  const left = SCANS - scans.length
  return (
    <div className={styles.form} data-testid="calibration">
      <p className={styles.meaning}>{CALIBRATION_WORDS.intro}</p>
      <TestCodes />
      <div className={styles.barRow}>
        <strong data-testid="calibration-left">{left > 0 ? CALIBRATION_WORDS.waiting(left) : '扫完了'}</strong>
        <Button disabled={scans.length === 0} onClick={() => setScans([])}>
          {CALIBRATION_WORDS.again}
        </Button>
      </div>
      {scans.length > 0 && <ScanTable scans={scans} />}
      {left <= 0 && <Verdict found={recommendProfile(scans, TEST_CODE)} />}
      <DeviceScanners />
    </div>
  )
}

function ScanTable({ scans }: { scans: readonly ScanDiagnosis[] }) {
  return (
    <table className={styles.table} data-testid="calibration-scans">
      <thead>
        <tr>
          {['次', '字符', '大小写', '间隔（毫秒）', '前缀', '后缀', '输入法', '大写锁定'].map((name) => (
            <th key={name}>{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {scans.map((scan, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the scans have no name but their turn.
          <tr key={index}>
            <td>{index + 1}</td>
            <td>{charactersWords(scan)}</td>
            <td>
              {scan.flipped.small + scan.flipped.capital === 0
                ? '照原样'
                : `${scan.flipped.small + scan.flipped.capital} 个变了`}
            </td>
            <td>
              中位 {scan.gapsMs.median}，{scan.gapsMs.least}–{scan.gapsMs.most}
            </td>
            <td>{scan.prefix === '' ? '无' : scan.prefix}</td>
            <td>{scan.suffix === '' ? '无' : scan.suffix}</td>
            <td>{scan.ime ? '截走了按键' : '没有影响'}</td>
            <td>{scan.capsLock ? '开着' : '关'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function charactersWords({ lost, replaced, extra }: ScanDiagnosis): string {
  if (lost > 0) return `少了 ${lost} 个`
  if (replaced > 0) return `${replaced} 个变成别的`
  return extra === '' ? '齐全' : `多了 ${extra.length} 个`
}

function Verdict({ found: { profile, advice } }: { found: Recommendation }) {
  return (
    <Notice tone={profile === null ? 'bad' : 'good'} testId="calibration-verdict">
      <b>{profile === null ? CALIBRATION_WORDS.bad : CALIBRATION_WORDS.good}</b>
      <ul>
        {advice.map((one) => (
          <li key={one}>{ADVICE_WORDS[one]}</li>
        ))}
      </ul>
      {profile !== null && <Apply profile={profile} />}
    </Notice>
  )
}

/** Puts the profile into the draft of the settings; F10 then shows what changes, and saves. */
function Apply({ profile }: { profile: ScannerProfile }) {
  const saved = useApp((state) => state.settings?.scanner)
  const change = useSettings((state) => state.change)
  const isDirty = useSettings((state) => state.draft !== null)
  const names = ['prefix', 'suffix', 'fastGapMs', 'letterCase'] as const
  const isSame = saved !== undefined && names.every((name) => saved[name] === profile[name])
  return (
    <div className={styles.barRow}>
      <span>
        前缀 {profile.prefix === '' ? '无' : profile.prefix}，后缀 {profile.suffix === '' ? '无' : profile.suffix}
        ，间隔上限 {profile.fastGapMs} 毫秒，大小写{profile.letterCase === 'swapped' ? '反转' : '照原样'}
      </span>
      <Button
        type="primary"
        disabled={isSame}
        data-testid="calibration-apply"
        onClick={() => {
          for (const name of names) change(`scanner.${name}`, profile[name])
        }}
      >
        {CALIBRATION_WORDS.apply}
      </Button>
      <span>{isSame ? CALIBRATION_WORDS.same : isDirty && CALIBRATION_WORDS.afterApply}</span>
    </div>
  )
}
