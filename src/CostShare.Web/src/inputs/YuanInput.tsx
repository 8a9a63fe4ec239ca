import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fen, yuan } from '../parts/figures'

interface Props {
  label: string
  /** The amount in fen; null where nothing is stated. */
  value: number | null
  error?: string
  /** Whether nothing may be stated. */
  optional?: boolean
  hideLabel?: boolean
  onChange: (fen: number | null) => void
  /** Told whether what stands in the field is no amount. */
  onFault?: (wrong: boolean) => void
}

/** An amount in yuan as people write it: 460000, 460,000.00, ４６００００. What is no amount stays in the field and changes nothing. */
export function YuanInput({ label, value, error, optional = false, hideLabel = false, onChange, onFault }: Props) {
  const { t } = useTranslation()
  // While it is being written it stands as written; left, it stands with separators.
  const [writing, setWriting] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const [isHere, setHere] = useState(false)
  // Where it was changed from elsewhere, by a slider or another plan, what was written here is past.
  const [shown, setShown] = useState(value)
  if (shown !== value) {
    setShown(value)
    if (!isHere) {
      setWriting(null)
      setWrong(false)
    }
  }
  const written = (text: string) => {
    setWriting(text)
    const amount = text.trim() === '' && optional ? null : fen(text)
    const bad = amount === null && !(optional && text.trim() === '')
    setWrong(bad)
    onFault?.(bad)
    if (!bad) onChange(amount)
  }
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      inputMode="decimal"
      value={writing ?? (value === null ? '' : yuan(value))}
      error={wrong ? t('noAmount') : error}
      onChange={(event) => written(event.currentTarget.value)}
      onFocus={() => setHere(true)}
      onBlur={() => {
        setHere(false)
        if (!wrong) setWriting(null)
      }}
    />
  )
}
