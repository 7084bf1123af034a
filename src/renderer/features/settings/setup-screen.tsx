import { useEffect, useState } from 'react'
import { useApp } from '../../lib/feature-store.tsx'
import { Loading } from '../../ui/loading.tsx'
import { GuidedSetup } from './guided-setup.tsx'
import { rememberedSetup } from './setup-memory.ts'
import { resumedDraft, setupDraft } from './setup-steps.ts'
import { useSettings } from './use-settings.ts'
import { Welcome } from './welcome.tsx'

/** The first start: one key tries the product out, another begins the guided set-up, which can be left and resumed. */
export function SetupScreen() {
  const isFirstStart = useApp((state) => state.session?.isFirstStart === true)
  const settings = useApp((state) => state.settings)
  const begin = useSettings((state) => state.begin)
  const [step, setStep] = useState<number | null>(() => rememberedSetup()?.step ?? (isFirstStart ? null : 0))
  const isSettingUp = step !== null
  useEffect(() => {
    if (!isSettingUp || settings === null) return
    const before = rememberedSetup()
    begin(before === null ? setupDraft(settings) : resumedDraft(settings, before))
  }, [isSettingUp, settings, begin])
  if (settings === null) return <Loading words="正在读取设置" />
  if (step === null) return <Welcome onConnect={() => setStep(0)} />
  return <GuidedSetup step={step} onStep={setStep} />
}
