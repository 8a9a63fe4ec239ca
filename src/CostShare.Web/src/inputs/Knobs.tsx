import { NativeSelect, Slider } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { yuan } from '../parts/figures'
import { coefficients, firstPaying, floors, type Knobs as Values } from '../plan/plan'
import { usePlan } from '../plan/store'
import { More } from './More'
import { NumberField } from './NumberField'

/** How floors and areas count, and to what amounts are rounded. */
export function Knobs() {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const { knobs } = plan
  const set = (part: Partial<Values>) => change((before) => ({ ...before, knobs: { ...before.knobs, ...part } }))
  const each = coefficients(plan)
  return (
    <>
      <Knob
        label={t('knobs.fromFloor')}
        hint={t('knobs.fromFloorHint')}
        text={t('floor', { floor: firstPaying(plan) })}
        max={plan.storeys}
        min={1}
        step={1}
        value={firstPaying(plan)}
        onChange={(fromFloor) => set({ fromFloor })}
      />
      <Knob
        label={t('knobs.base')}
        hint={t('knobs.baseHint')}
        min={10}
        max={200}
        step={10}
        hundredths
        value={knobs.baseHundredths}
        onChange={(baseHundredths) => set({ baseHundredths })}
      />
      <Knob
        label={t('knobs.step')}
        hint={t('knobs.stepHint')}
        min={0}
        max={100}
        step={5}
        hundredths
        value={knobs.stepHundredths}
        onChange={(stepHundredths) => set({ stepHundredths })}
      />
      <More summary={t('knobs.each')}>
        <p className="hint">{t('knobs.eachHint')}</p>
        <div className="floorFields">
          {floors(plan).map((floor) => (
            <NumberField
              key={floor}
              label={t('floor', { floor })}
              value={each[floor]!}
              min={0}
              max={100}
              decimals={2}
              onChange={(value) => set({ ownHundredths: { ...knobs.ownHundredths, [floor]: Math.round(value * 100) } })}
            />
          ))}
        </div>
        {knobs.ownHundredths && (
          <button type="button" className="plain" onClick={() => set({ ownHundredths: undefined })}>
            {t('knobs.reset')}
          </button>
        )}
      </More>
      <Knob
        label={t('knobs.areaPercent')}
        hint={t('knobs.areaPercentHint')}
        suffix="%"
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
  /** How the value is read out, where it is more than a number. */
  text?: string
  suffix?: string
  min: number
  max: number
  step: number
  /** Whether the value counts hundredths, and is shown with two decimals at most. */
  hundredths?: boolean
  value: number
  onChange: (value: number) => void
}

/** A slider, and a field for whoever would rather write the number. */
function Knob({ label, hint, suffix = '', hundredths = false, text, value, min, max, step, onChange }: KnobProps) {
  const { t } = useTranslation()
  const id = useId()
  const scale = hundredths ? 100 : 1
  return (
    <div className="knob">
      <div className="knobHead">
        <span id={id}>{label}</span>
        <NumberField
          className="knobField"
          aria-label={t('knobs.write', { label })}
          value={value / scale}
          min={min / scale}
          max={max / scale}
          decimals={hundredths ? 2 : 0}
          suffix={suffix}
          onChange={(written) => onChange(Math.round(written * scale))}
        />
      </div>
      <Slider
        value={value}
        min={min}
        max={max}
        step={step}
        label={null}
        size="lg"
        thumbSize={30}
        thumbValueText={text ?? `${value / scale}${suffix}`}
        thumbProps={{ 'aria-labelledby': id }}
        onChange={onChange}
      />
      <p className="hint">{hint}</p>
    </div>
  )
}
