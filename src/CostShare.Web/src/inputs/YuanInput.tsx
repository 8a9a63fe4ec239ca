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
}

/** An amount in yuan as people write it: 460000, 460,000.00, ４６００００. What is no amount stays in the field and changes nothing. */
export function YuanInput({ label, value, error, optional = false, hideLabel = false, onChange }: Props) {
  const { t } = useTranslation()
  // While it is being written it stands as written; left, it stands with separators.
  const [writing, setWriting] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  const written = (text: string) => {
    setWriting(text)
    const amount = text.trim() === '' && optional ? null : fen(text)
    const bad = amount === null && !(optional && text.trim() === '')
    setWrong(bad)
    if (!bad) onChange(amount)
  }
  return (
    <TextInput
      {...(hideLabel ? { 'aria-label': label } : { label })}
      inputMode="decimal"
      value={writing ?? (value === null ? '' : yuan(value))}
      error={wrong ? t('noAmount') : error}
      onChange={(event) => written(event.currentTarget.value)}
      onBlur={() => {
        if (!wrong) setWriting(null)
      }}
    />
  )
}
