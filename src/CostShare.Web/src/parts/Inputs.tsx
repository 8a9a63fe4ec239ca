import { NativeSelect, NumberInput, Slider } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api/client'
import type { Knobs, Plan } from '../plan/plan'
import { usePlan } from '../plan/store'
import { yuan } from './figures'

/** Everything that changes the result. */
export function Inputs({ problem }: { problem: Problem | null }) {
  const { t } = useTranslation()
  const { plan, change } = usePlan()
  const knob = (part: Partial<Knobs>) => change((before) => ({ ...before, knobs: { ...before.knobs, ...part } }))
  return (
    <section className="inputs" aria-labelledby="inputs">
      <h2 id="inputs">{t('inputs.title')}</h2>
      {plan.costs.map((line, i) => (
        <NumberInput
          key={line.id}
          label={`${line.name}（${t('yuan')}）`}
          value={line.amountFen / 100}
          thousandSeparator=","
          allowNegative={false}
          decimalScale={2}
          max={1e13}
          hideControls
          error={faultAt(problem, `/costs/${i}/amountFen`)}
          onValueChange={({ value }, source) => source.source === 'event' && change((before) => withCost(before, i, value))}
        />
      ))}
      <NativeSelect
        label={t('inputs.subsidy')}
        description={t('inputs.subsidyHint')}
        error={faultAt(problem, '/funding')}
        data={[
          { value: '', label: t('inputs.noSubsidy') },
          { value: 'shanghai-lift', label: t('inputs.shanghai') },
        ]}
        value={plan.subsidy?.policy ?? ''}
        onChange={(event) => {
          const policy = event.currentTarget.value
          change((before) => ({ ...before, subsidy: policy ? { policy, on: before.subsidy?.on ?? '2022-05-01' } : null }))
        }}
      />
      <Knob label={t('inputs.fromFloor')} hint={t('inputs.fromFloorHint')} text={t('floor', { floor: plan.knobs.fromFloor })}>
        {(labelled) => (
          <Slider
            {...labelled}
            min={1}
            max={Math.max(2, plan.storeys - 1)}
            step={1}
            value={plan.knobs.fromFloor}
            onChange={(fromFloor) => knob({ fromFloor })}
            label={null}
            size="lg"
            thumbSize={30}
          />
        )}
      </Knob>
      <Knob label={t('inputs.base')} hint={t('inputs.baseHint')} text={String(plan.knobs.baseHundredths / 100)}>
        {(labelled) => (
          <Slider
            {...labelled}
            min={10}
            max={200}
            step={10}
            value={plan.knobs.baseHundredths}
            onChange={(baseHundredths) => knob({ baseHundredths })}
            label={null}
            size="lg"
            thumbSize={30}
          />
        )}
      </Knob>
      <Knob label={t('inputs.step')} hint={t('inputs.stepHint')} text={String(plan.knobs.stepHundredths / 100)}>
        {(labelled) => (
          <Slider
            {...labelled}
            min={0}
            max={100}
            step={5}
            value={plan.knobs.stepHundredths}
            onChange={(stepHundredths) => knob({ stepHundredths })}
            label={null}
            size="lg"
            thumbSize={30}
          />
        )}
      </Knob>
      <Knob label={t('inputs.areaPercent')} hint={t('inputs.areaPercentHint')} text={`${plan.knobs.areaPercent}%`}>
        {(labelled) => (
          <Slider
            {...labelled}
            min={0}
            max={100}
            step={5}
            value={plan.knobs.areaPercent}
            onChange={(areaPercent) => knob({ areaPercent })}
            label={null}
            size="lg"
            thumbSize={30}
          />
        )}
      </Knob>
      <NativeSelect
        label={t('inputs.unit')}
        data={[1, 100, 1000, 10000].map((unit) => ({
          value: String(unit),
          label: unit === 1 ? t('inputs.fen') : `${yuan(unit)} ${t('yuan')}`,
        }))}
        value={String(plan.knobs.unitFen)}
        onChange={(event) => knob({ unitFen: Number(event.currentTarget.value) })}
      />
    </section>
  )
}

function Knob({
  label,
  hint,
  text,
  children,
}: {
  label: string
  hint: string
  text: string
  children: (labelled: { 'aria-labelledby': string; thumbProps: { 'aria-valuetext': string; 'aria-labelledby': string } }) => ReactNode
}) {
  const id = useId()
  return (
    <div className="knob">
      <p className="knobHead">
        <span id={id}>{label}</span> <output>{text}</output>
      </p>
      {children({ 'aria-labelledby': id, thumbProps: { 'aria-valuetext': text, 'aria-labelledby': id } })}
      <p className="hint">{hint}</p>
    </div>
  )
}

function withCost(plan: Plan, position: number, value: string): Plan {
  // The text of the field is exact: its digits become fen without any arithmetic.
  const [whole = '0', decimals = ''] = value.split('.')
  const amountFen = Number((whole || '0') + decimals.padEnd(2, '0').slice(0, 2))
  return { ...plan, costs: plan.costs.map((line, i) => (i === position ? { ...line, amountFen } : line)) }
}

/** What is wrong with what stands at a place of the request, or with what lies below it. */
export function faultAt(problem: Problem | null, pointer: string): string | undefined {
  return problem?.faults.find((fault) => fault.pointer === pointer || fault.pointer?.startsWith(`${pointer}/`))?.detail
}
