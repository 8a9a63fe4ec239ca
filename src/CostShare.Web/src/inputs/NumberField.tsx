import { NumberInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface Props {
  label?: string
  'aria-label'?: string
  className?: string
  value: number
  min: number
  max: number
  decimals?: number
  suffix?: string
  error?: ReactNode
  onChange: (value: number) => void
}

/**
 * A number of a range. What stands in the field is what counts, from each key on; while it is none, or out of the range, the field is
 * marked. Left, it goes to the nearer end, and where it holds no number back to the last one.
 */
export function NumberField({ value, min, max, decimals = 0, error, onChange, ...rest }: Props) {
  // While it is being written it stands as written: "45." and "45.0" are numbers too.
  const [writing, setWriting] = useState<string | number | null>(null)
  const written = numberOf(writing)
  const bad = writing !== null && !(written !== null && written >= min && written <= max)
  return (
    <NumberInput
      {...rest}
      value={writing ?? value}
      decimalScale={decimals}
      allowDecimal={decimals > 0}
      allowNegative={false}
      clampBehavior="none"
      hideControls
      error={error ?? bad}
      onChange={(next) => {
        setWriting(next)
        const number = numberOf(next)
        if (number !== null && number >= min && number <= max && number !== value) onChange(number)
      }}
      onBlur={() => {
        if (written !== null && bad) onChange(Math.min(max, Math.max(min, written)))
        setWriting(null)
      }}
    />
  )
}

function numberOf(written: string | number | null): number | null {
  const number = typeof written === 'string' && written.trim() === '' ? NaN : Number(written ?? NaN)
  return Number.isFinite(number) ? number : null
}
