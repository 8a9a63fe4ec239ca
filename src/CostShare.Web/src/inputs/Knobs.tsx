import { NativeSelect, Slider } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { yuan } from '../parts/figures'
import type { Knobs as Values } from '../plan/plan'
import { usePlan } from '../plan/store'

/** How floors and areas count, and to what amounts are rounded. */
export function Knobs() {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const { knobs } = plan
  const set = (part: Partial<Values>) => change((before) => ({ ...before, knobs: { ...before.knobs, ...part } }))
  return (
    <>
      <Knob
        label={t('knobs.fromFloor')}
        hint={t('knobs.fromFloorHint')}
        text={t('floor', { floor: knobs.fromFloor })}
        min={1}
        max={plan.storeys}
        step={1}
        value={knobs.fromFloor}
        onChange={(fromFloor) => set({ fromFloor })}
      />
      <Knob
        label={t('knobs.base')}
        hint={t('knobs.baseHint')}
        text={String(knobs.baseHundredths / 100)}
        min={10}
        max={200}
        step={10}
        value={knobs.baseHundredths}
        onChange={(baseHundredths) => set({ baseHundredths })}
      />
      <Knob
        label={t('knobs.step')}
        hint={t('knobs.stepHint')}
        text={String(knobs.stepHundredths / 100)}
        min={0}
        max={100}
        step={5}
        value={knobs.stepHundredths}
        onChange={(stepHundredths) => set({ stepHundredths })}
      />
      <Knob
        label={t('knobs.areaPercent')}
        hint={t('knobs.areaPercentHint')}
        text={`${knobs.areaPercent}%`}
        min={0}
        max={100}
        step={5}
        value={knobs.areaPercent}
        onChange={(areaPercent) => set({ areaPercent })}
      />
      <NativeSelect
        label={t('knobs.unit')}
        data={[1, 100, 1000, 10000].map((unit) => ({
          value: String(unit),
          label: unit === 1 ? t('knobs.fen') : `${yuan(unit)} ${t('yuan')}`,
        }))}
        value={String(knobs.unitFen)}
        onChange={(event) => set({ unitFen: Number(event.currentTarget.value) })}
      />
    </>
  )
}

interface KnobProps {
  label: string
  hint: string
  text: string
  min: number
  max: number
  step: number
  value: number
  onChange: (value: number) => void
}

function Knob({ label, hint, text, ...slider }: KnobProps) {
  const id = useId()
  return (
    <div className="knob">
      <p className="knobHead">
        <span id={id}>{label}</span> <output>{text}</output>
      </p>
      <Slider {...slider} label={null} size="lg" thumbSize={30} thumbProps={{ 'aria-labelledby': id, 'aria-valuetext': text }} />
      <p className="hint">{hint}</p>
    </div>
  )
}
